import type { Accounts, IngestKey } from '@aegisguard/accounts';
import { AegisError, type OrgId, QUERY_TOKEN_PERMISSIONS, ROLE_PERMISSIONS, type Role } from '@aegisguard/model';
import type { CanActivate, ExecutionContext } from '@nestjs/common';
import type { Reflector } from '@nestjs/core';
import type { FastifyRequest } from 'fastify';
import { ACCESS_RULE, type AccessRule, type Caller, setCaller } from './access.ts';
import type { AccessTokens } from './access-token.ts';
import { ExpiringCache } from './expiring-cache.ts';
import type { KeyWatch } from './key-watch.ts';
import { QueryTokens } from './query-tokens.ts';

interface Membership {
  readonly orgId: OrgId;
  readonly role: Role;
}

/** Memberships may be this stale, so that a removed member loses access within 5 seconds in every process. */
const MEMBERSHIP_TTL_MS = 4000;

/** A rule that asks for a token. */
type TokenRule = Exclude<AccessRule, { kind: 'public' }>;

/**
 * Checks every route's declared rule; a route without one is refused. The organization comes from the query token's key, or from the person's memberships, among which `x-org-id` only
 * picks.
 */
export class AccessGuard implements CanActivate {
  private readonly memberships = new ExpiringCache<readonly Membership[]>(MEMBERSHIP_TTL_MS, 10_000);
  private readonly queryTokens: QueryTokens;

  constructor(
    private readonly reflector: Reflector,
    private readonly tokens: AccessTokens,
    private readonly accounts: Accounts,
    watch: KeyWatch,
  ) {
    this.queryTokens = new QueryTokens(accounts, watch);
  }

  async canActivate(context: ExecutionContext): Promise<boolean> {
    const rule = this.reflector.getAllAndOverride<AccessRule | undefined>(ACCESS_RULE, [
      context.getHandler(),
      context.getClass(),
    ]);
    if (rule === undefined) {
      throw new AegisError('forbidden', { internal: `${context.getClass().name} has a route without an access rule` });
    }
    if (rule.kind === 'public') {
      return true;
    }
    const request = context.switchToHttp().getRequest<FastifyRequest>();
    const token = bearerToken(request);
    const wantedOrg = request.headers['x-org-id'];
    const key = await this.queryTokens.verify(token, { ip: request.ip, target: request.routeOptions.url ?? '' });
    const caller = key === undefined ? await this.person(rule, token, wantedOrg) : keyCaller(rule, key, wantedOrg);
    setCaller(request, caller);
    return true;
  }

  private async person(rule: TokenRule, token: string, wantedOrg: string | string[] | undefined): Promise<Caller> {
    const userId = await this.tokens.verify(token);
    if (rule.kind === 'person') {
      return { userId, orgId: undefined, role: undefined };
    }
    const { orgId, role } = await this.pickMembership(userId, wantedOrg);
    if (!ROLE_PERMISSIONS[role].has(rule.permission)) {
      throw new AegisError('forbidden', { detail: `This needs the permission ${rule.permission}.` });
    }
    return { userId, orgId, role };
  }

  private async pickMembership(userId: string, wanted: string | string[] | undefined): Promise<Membership> {
    const all = await this.memberships.get(userId, () => this.accounts.membershipsOf(userId));
    const membership = wanted === undefined ? all[0] : all.find(({ orgId }) => orgId === wanted);
    if (membership === undefined) {
      throw new AegisError('forbidden', { detail: 'You do not belong to this organization.' });
    }
    return membership;
  }
}

/** What a query token may do: read telemetry of its organization. */
function keyCaller(rule: TokenRule, { orgId }: IngestKey, wantedOrg: string | string[] | undefined): Caller {
  if (rule.kind === 'person') {
    throw new AegisError('forbidden', { detail: 'This needs a signed-in person, not a query token.' });
  }
  if (!QUERY_TOKEN_PERMISSIONS.has(rule.permission)) {
    throw new AegisError('forbidden', { detail: `A query token has no permission ${rule.permission}.` });
  }
  if (wantedOrg !== undefined && wantedOrg !== orgId) {
    throw new AegisError('forbidden', { detail: 'This token does not belong to this organization.' });
  }
  return { userId: undefined, orgId, role: undefined };
}

function bearerToken(request: FastifyRequest): string {
  const { authorization } = request.headers;
  if (authorization === undefined && request.headers['x-org-key'] !== undefined) {
    throw new AegisError('forbidden', { detail: 'An ingest key cannot read; sign in, or use a query token.' });
  }
  const token = /^Bearer +(?<token>\S+)$/i.exec(authorization ?? '')?.groups?.token;
  if (token === undefined) {
    throw new AegisError('unauthorized', {
      detail: 'Send an access token or a query token as `Authorization: Bearer`.',
    });
  }
  return token;
}

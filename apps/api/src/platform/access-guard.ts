import type { Accounts } from '@aegisguard/accounts';
import { AegisError, type OrgId, ROLE_PERMISSIONS, type Role } from '@aegisguard/model';
import type { CanActivate, ExecutionContext } from '@nestjs/common';
import type { Reflector } from '@nestjs/core';
import type { FastifyRequest } from 'fastify';
import { ACCESS_RULE, type AccessRule, setCaller } from './access.ts';
import type { AccessTokens } from './access-token.ts';
import { ExpiringCache } from './expiring-cache.ts';

interface Membership {
  readonly orgId: OrgId;
  readonly role: Role;
}

/** Memberships may be this stale, so that a removed member loses access within 5 seconds in every process. */
const MEMBERSHIP_TTL_MS = 4000;

/** Checks every route's declared rule; a route without one is refused. The organization comes from the person's memberships, `x-org-id` only picks among them. */
export class AccessGuard implements CanActivate {
  private readonly memberships = new ExpiringCache<readonly Membership[]>(MEMBERSHIP_TTL_MS, 10_000);

  constructor(
    private readonly reflector: Reflector,
    private readonly tokens: AccessTokens,
    private readonly accounts: Accounts,
  ) {}

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
    const userId = await this.tokens.verify(bearerToken(request));
    if (rule.kind === 'person') {
      setCaller(request, { userId, orgId: undefined, role: undefined });
      return true;
    }
    const membership = await this.pickMembership(userId, request.headers['x-org-id']);
    if (!ROLE_PERMISSIONS[membership.role].has(rule.permission)) {
      throw new AegisError('forbidden', { detail: `This needs the permission ${rule.permission}.` });
    }
    setCaller(request, { userId, orgId: membership.orgId, role: membership.role });
    return true;
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

function bearerToken(request: FastifyRequest): string {
  const { authorization } = request.headers;
  if (authorization === undefined && request.headers['x-org-key'] !== undefined) {
    throw new AegisError('forbidden', { detail: 'An ingest key cannot read; sign in, or use a query token.' });
  }
  const token = /^Bearer +(?<token>\S+)$/i.exec(authorization ?? '')?.groups?.token;
  if (token === undefined) {
    throw new AegisError('unauthorized', { detail: 'Send an access token as `Authorization: Bearer`.' });
  }
  return token;
}

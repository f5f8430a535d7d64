import type { IngestKey, Membership, SessionAccess } from '@aegisguard/accounts';
import { type Access, AegisError, QUERY_TOKEN_PERMISSIONS, SECOND_FACTORS } from '@aegisguard/model';
import type { CanActivate, ExecutionContext } from '@nestjs/common';
import type { Reflector } from '@nestjs/core';
import type { FastifyRequest } from 'fastify';
import { ACCESS_RULE, type Caller, callerOf, setCaller } from './access.ts';
import type { AccessDirectory } from './access-directory.ts';
import type { AccessTokens } from './access-token.ts';
import type { AccessWatch } from './access-watch.ts';
import { basicToken } from './basic-token.ts';
import type { QueryTokens } from './query-tokens.ts';
import { placeOf } from './request-place.ts';

/** A rule that asks for a token. */
type TokenRule = Exclude<Access, { kind: 'public' | 'half-login' | 'ingest' }>;
type PermissionRule = Extract<Access, { kind: 'permission' }>;
type WantedOrg = string | string[] | undefined;

const NO_PERMISSIONS: ReadonlySet<never> = new Set();
const NO_PERSON = 'This needs a signed-in person, not a query token.';

/**
 * Checks every route's declared rule; a route without one is refused. The organization comes from the query token's key, or from the person's memberships, among which `x-org-id` only
 * picks.
 */
export class AccessGuard implements CanActivate {
  constructor(
    private readonly reflector: Reflector,
    private readonly tokens: AccessTokens,
    private readonly directory: AccessDirectory,
    private readonly queryTokens: QueryTokens,
    private readonly watch: AccessWatch,
  ) {}

  async canActivate(context: ExecutionContext): Promise<boolean> {
    const rule = this.reflector.get<Access | undefined>(ACCESS_RULE, context.getHandler());
    if (rule === undefined || rule.kind === 'ingest') {
      throw new AegisError('forbidden', { internal: `${context.getClass().name} has a route without an access rule` });
    }
    if (rule.kind !== 'public' && rule.kind !== 'half-login') {
      const request = context.switchToHttp().getRequest<FastifyRequest>();
      setCaller(request, await this.callerOf(request, rule));
    }
    return true;
  }

  /** Whose valid access token the request carries; throws `unauthorized` otherwise. */
  async sessionOf(request: FastifyRequest): Promise<SessionAccess> {
    return this.sessionOfToken(bearerToken(request), request);
  }

  /** Why a caller who was let in would not be any more; undefined while they would. For answers that go on: there it is not the age of an access token that counts, but its session. */
  async whyEnded(request: FastifyRequest, rule: PermissionRule): Promise<string | undefined> {
    const { orgId, sessionId } = callerOf(request);
    try {
      if (sessionId === undefined) {
        return (await this.queryTokens.isStillGood(bearerToken(request))) ? undefined : 'The token has ended.';
      }
      const session = await this.directory.demand(sessionId);
      const isAllowed = personCaller(rule, session, orgId, request).permissions.has(rule.permission);
      return isAllowed ? undefined : `This needs the permission ${rule.permission}.`;
    } catch (error) {
      return error instanceof AegisError && error.detail !== undefined ? error.detail : 'Access cannot be checked now.';
    }
  }

  private async callerOf(request: FastifyRequest, rule: TokenRule): Promise<Caller> {
    const token = bearerToken(request);
    const wanted = request.headers['x-org-id'];
    const key = await this.queryTokens.verify(token, { ip: request.ip, target: request.routeOptions.url ?? '' });
    const caller =
      key === undefined
        ? personCaller(rule, await this.sessionOfToken(token, request), wanted, request)
        : keyCaller(rule, key, wanted, request);
    if (rule.kind === 'permission' && !caller.permissions.has(rule.permission)) {
      this.watch.denied(caller, rule.permission, `${request.method} ${request.routeOptions.url ?? ''}`);
      const who = key === undefined ? 'This needs the' : 'A query token has no';
      throw new AegisError('forbidden', { detail: `${who} permission ${rule.permission}.` });
    }
    return caller;
  }

  private async sessionOfToken(token: string, request: FastifyRequest): Promise<SessionAccess> {
    const { sessionId, userId } = await this.tokens.verify(token).catch((error: unknown) => {
      void this.watch.tokenRefused(token, error, request.ip);
      throw error;
    });
    const session = await this.directory.find(sessionId);
    if (session === undefined || session.userId !== userId) {
      throw new AegisError('unauthorized', { detail: 'The session has ended.' });
    }
    return session;
  }
}

function personCaller(rule: TokenRule, session: SessionAccess, wanted: WantedOrg, request: FastifyRequest): Caller {
  const { userId, sessionId } = session;
  const actor = { kind: 'user', id: userId, name: session.email, ...placeOf(request) } as const;
  if (rule.kind === 'own-session') {
    demandOwnSession(session);
  }
  if (rule.kind !== 'permission') {
    return { userId, sessionId, orgId: undefined, permissions: NO_PERMISSIONS, actor };
  }
  const { orgId, permissions, mfaRequired } = pickMembership(session, wanted);
  if (mfaRequired && isMfaMissing(session)) {
    throw new AegisError('mfa-required', {
      detail: session.mfaEnabled ? 'Sign in again with your second factor.' : 'Set up a second factor in your account.',
    });
  }
  return { userId, sessionId, orgId, permissions, actor };
}

/** Refuses a session that came in through one organization's identity provider: it has no power over what belongs to the person alone. */
export function demandOwnSession({ onlyOrganization }: SessionAccess): void {
  if (onlyOrganization !== null) {
    throw new AegisError('forbidden', {
      detail: 'This session came in through single sign-on: sign in with your own credentials to change your account.',
    });
  }
}

/** Whether a session lacks the second factor that an organization may demand. An identity provider answers for its own people. */
export function isMfaMissing({ methods }: SessionAccess): boolean {
  return !methods.some((method) => method === 'sso' || SECOND_FACTORS.some((factor) => factor === method));
}

function pickMembership({ memberships }: SessionAccess, wanted: WantedOrg): Membership {
  const membership = wanted === undefined ? memberships[0] : memberships.find(({ orgId }) => orgId === wanted);
  if (membership === undefined) {
    throw new AegisError('forbidden', { detail: 'You do not belong to this organization.' });
  }
  return membership;
}

/** What a query token may do: read telemetry of its organization. */
function keyCaller(rule: TokenRule, key: IngestKey, wanted: WantedOrg, request: FastifyRequest): Caller {
  const { orgId, keyId } = key;
  if (rule.kind !== 'permission') {
    throw new AegisError('forbidden', { detail: NO_PERSON });
  }
  if (wanted !== undefined && wanted !== orgId) {
    throw new AegisError('forbidden', { detail: 'This token does not belong to this organization.' });
  }
  const actor = { kind: 'key', id: keyId, name: keyId, ...placeOf(request) } as const;
  return { userId: undefined, sessionId: undefined, orgId, permissions: QUERY_TOKEN_PERMISSIONS, actor };
}

const CREDENTIALS = /^(?<scheme>Bearer|Basic) +(?<value>\S+) *$/i;

function bearerToken(request: FastifyRequest): string {
  const { authorization } = request.headers;
  if (authorization === undefined && request.headers['x-org-key'] !== undefined) {
    throw new AegisError('forbidden', { detail: 'An ingest key cannot read; sign in, or use a query token.' });
  }
  const { scheme, value = '' } = CREDENTIALS.exec(authorization ?? '')?.groups ?? {};
  // Basic is for clients that know nothing else, so with a token of a key only.
  const token = scheme?.toLowerCase() === 'basic' ? basicToken(value) : value;
  if (token === '') {
    throw new AegisError('unauthorized', {
      detail: 'Send an access token or a query token as `Authorization: Bearer`.',
    });
  }
  return token;
}

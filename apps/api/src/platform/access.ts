import { AegisError, type OrgId, type Permission, type Role } from '@aegisguard/model';
import { createParamDecorator, type ExecutionContext, SetMetadata } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';

/** Who asks, and for which organization; put on the request by `AccessGuard`. */
export interface Caller {
  /** Absent when a query token asks. */
  readonly userId: string | undefined;
  /** Absent on routes that need a person but no organization. */
  readonly orgId: OrgId | undefined;
  /** Absent on those, and when a query token asks. */
  readonly role: Role | undefined;
}

/** What a route demands: nothing, a signed-in person, or a permission in the organization. */
export type AccessRule =
  | { readonly kind: 'public' }
  | { readonly kind: 'person' }
  | { readonly kind: 'permission'; readonly permission: Permission };

export const ACCESS_RULE = Symbol('access-rule');

/** The route needs no token. */
export const Public = () => SetMetadata(ACCESS_RULE, { kind: 'public' } satisfies AccessRule);

/** The route needs a signed-in person, of whatever organization. */
export const SignedIn = () => SetMetadata(ACCESS_RULE, { kind: 'person' } satisfies AccessRule);

/** The route needs the permission in the caller's organization. */
export const RequirePermission = (permission: Permission) =>
  SetMetadata(ACCESS_RULE, { kind: 'permission', permission } satisfies AccessRule);

const callers = new WeakMap<FastifyRequest, Caller>();

/** Only `AccessGuard` calls this. */
export function setCaller(request: FastifyRequest, caller: Caller): void {
  callers.set(request, caller);
}

/** The caller's organization: the only one that the route may read or write. */
export const CallerOrg = createParamDecorator((_: unknown, context: ExecutionContext): OrgId => {
  const orgId = callers.get(context.switchToHttp().getRequest<FastifyRequest>())?.orgId;
  if (orgId === undefined) {
    throw new TypeError('the route declares no permission, so it has no organization');
  }
  return orgId;
});

/** The signed-in person's id; `forbidden` where a query token asks. */
export const CallerUser = createParamDecorator((_: unknown, context: ExecutionContext): string => {
  const caller = callers.get(context.switchToHttp().getRequest<FastifyRequest>());
  if (caller === undefined) {
    throw new TypeError('the route is public, so it has no caller');
  }
  if (caller.userId === undefined) {
    throw new AegisError('forbidden', { detail: 'This needs a signed-in person, not a query token.' });
  }
  return caller.userId;
});

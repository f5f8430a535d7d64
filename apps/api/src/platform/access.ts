import type { Actor } from '@aegisguard/accounts';
import { AegisError, type OrgId, type Permission } from '@aegisguard/model';
import { createParamDecorator, type ExecutionContext } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';

/** Who asks, and for which organization; put on the request by `AccessGuard`. */
export interface Caller {
  /** Absent when a query token asks. */
  readonly userId: string | undefined;
  /** Absent when a query token asks. */
  readonly sessionId: string | undefined;
  /** Absent on routes that need a person but no organization. */
  readonly orgId: OrgId | undefined;
  /** What the caller may do in the organization; empty where there is none. */
  readonly permissions: ReadonlySet<Permission>;
  /** What the audit log calls the caller. */
  readonly actor: Actor;
}

export const ACCESS_RULE = Symbol('access-rule');

const callers = new WeakMap<FastifyRequest, Caller>();

/** Only `AccessGuard` calls this. */
export function setCaller(request: FastifyRequest, caller: Caller): void {
  callers.set(request, caller);
}

/** Who calls; throws where the route is public. */
export function callerOf(request: FastifyRequest): Caller {
  const caller = callers.get(request);
  if (caller === undefined) {
    throw new TypeError('the route is public, so it has no caller');
  }
  return caller;
}

function callerIn(context: ExecutionContext): Caller {
  return callerOf(context.switchToHttp().getRequest<FastifyRequest>());
}

/** The caller's organization: the only one that the route may read or write. */
export const CallerOrg = createParamDecorator((_: unknown, context: ExecutionContext): OrgId => {
  const { orgId } = callerIn(context);
  if (orgId === undefined) {
    throw new TypeError('the route declares no permission, so it has no organization');
  }
  return orgId;
});

/** What the audit log says of who calls and from where. */
export const By = createParamDecorator((_: unknown, context: ExecutionContext): Actor => callerIn(context).actor);

/** The caller with everything that is known of them. */
export const TheCaller = createParamDecorator((_: unknown, context: ExecutionContext): Caller => callerIn(context));

/** The signed-in person's id; `forbidden` where a query token asks. */
export const CallerUser = createParamDecorator((_: unknown, context: ExecutionContext): string => {
  const { userId } = callerIn(context);
  if (userId === undefined) {
    throw new AegisError('forbidden', { detail: 'This needs a signed-in person, not a query token.' });
  }
  return userId;
});

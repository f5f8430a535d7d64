import type { SessionAccess } from '@aegisguard/accounts';
import type { MeAnswer } from '@aegisguard/model';
import { isMfaMissing } from '../platform/access-guard.ts';

/** Who a session is and what it may do, as `GET /auth/me` and every login say it. */
export function describeSession(session: SessionAccess): MeAnswer {
  const { userId, email, name, sessionId, methods, onlyOrganization, mfaEnabled } = session;
  return {
    user: { id: userId, email, name },
    organizations: session.memberships.map((membership) => ({
      id: membership.orgId,
      name: membership.name,
      role: membership.role,
      roleName: membership.roleName,
      permissions: [...membership.permissions],
      mfaMissing: membership.mfaRequired && isMfaMissing(session),
    })),
    session: { id: sessionId, methods: [...methods], onlyOrganization },
    mfaEnabled,
  };
}

import type { Prisma } from './generated/client.ts';

const DAY_MS = 24 * 3_600_000;

/** A session ends this long after it began, however much it is used. */
export const SESSION_LIFE_MS = 30 * DAY_MS;
/** A session that was not refreshed for so long is over. */
export const SESSION_IDLE_MS = 7 * DAY_MS;

/** Why a session was ended before its time. */
export type EndReason =
  | 'signed-out'
  | 'revoked'
  | 'refresh-reused'
  | 'device-changed'
  | 'password-changed'
  | 'password-reset';

/** Whose sessions, as one of them sees them: one that came in through an organization's identity provider sees only its like. */
export interface SessionOwner {
  readonly userId: string;
  readonly onlyOrganization: string | null;
}

/** The condition that a session goes on, in Prisma's words. */
export function alive(nowMs: number) {
  return {
    revokedAt: null,
    expiresAt: { gt: new Date(nowMs) },
    lastUsedAt: { gt: new Date(nowMs - SESSION_IDLE_MS) },
  } satisfies Prisma.SessionWhereInput;
}

/** The condition that a session belongs to the owner. */
export function belongingTo({ userId, onlyOrganization }: SessionOwner) {
  return {
    userId,
    ...(onlyOrganization === null ? {} : { orgId: onlyOrganization }),
  } satisfies Prisma.SessionWhereInput;
}

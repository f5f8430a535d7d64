import type { Database } from './database.ts';
import { SESSION_IDLE_MS } from './session-life.ts';

const DAY_MS = 24 * 3_600_000;
/** Of a session that ended: as long as the person's devices are remembered. */
const SESSION_KEPT_MS = 90 * DAY_MS;
/** Of links that no longer work. */
const LINK_KEPT_MS = 30 * DAY_MS;

/** Deletes sessions that ended long ago, and links of resets and invitations that have not worked for long; how many. */
export async function sweepAccounts(database: Database, nowMs: number): Promise<number> {
  const ended = new Date(nowMs - SESSION_KEPT_MS);
  const idle = new Date(nowMs - SESSION_KEPT_MS - SESSION_IDLE_MS);
  const over = new Date(nowMs - LINK_KEPT_MS);
  return database.prisma(async (prisma) => {
    const sessions = await prisma.session.deleteMany({
      where: { OR: [{ revokedAt: { lt: ended } }, { expiresAt: { lt: ended } }, { lastUsedAt: { lt: idle } }] },
    });
    const resets = await prisma.passwordReset.deleteMany({ where: { expiresAt: { lt: over } } });
    const invitations = await prisma.invitation.deleteMany({ where: { expiresAt: { lt: over } } });
    return sessions.count + resets.count + invitations.count;
  });
}

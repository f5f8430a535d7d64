/** A slot is evaluated so long after it: what was received until then has passed the queue. */
export const SETTLE_MS = 5000;

/** Where a group's slots begin within its interval: the random end of its id, so that not all groups are evaluated at once, and always the same. */
function phaseMs(groupId: string, intervalMs: number): number {
  return Number.parseInt(groupId.slice(-12), 16) % intervalMs;
}

/** The last slot that had come at a time, Unix ms: the times that a group is evaluated for are its interval apart and never shift. */
export function slotAt(groupId: string, intervalSeconds: number, timeMs: number): number {
  const intervalMs = intervalSeconds * 1000;
  const phase = phaseMs(groupId, intervalMs);
  return Math.floor((timeMs - phase) / intervalMs) * intervalMs + phase;
}

/** When the first slot after a time is due. */
export function nextDue(groupId: string, intervalSeconds: number, timeMs: number): Date {
  return new Date(slotAt(groupId, intervalSeconds, timeMs) + intervalSeconds * 1000 + SETTLE_MS);
}

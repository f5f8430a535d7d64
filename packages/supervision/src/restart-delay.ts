const FIRST_MS = 200;
const LONGEST_MS = 30_000;

/** How long to wait before the n-th restart in a row (from 1), in ms: hardly at all after a single crash, up to half a minute when it goes on. */
export function restartDelayMs(restart: number): number {
  return Math.min(LONGEST_MS, FIRST_MS * 2 ** (restart - 1));
}

import { serverNow } from '../../../lib/server-clock.ts';
import type { ResolvedRange } from '../../../lib/time-range.ts';

const DAY_MS = 86_400_000;

/** The last day: of it are the names that are offered. */
export function lastDay(): ResolvedRange {
  const endMs = serverNow();
  return { startMs: endMs - DAY_MS, endMs };
}

import type { UnixNanos } from '@aegisguard/model';

const SECOND = 1_000_000_000n;
const POINTS_WANTED = 250n;
/** Steps that divide the usual ranges or are multiples of them, in seconds. */
const NATURAL_STEPS = [1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1800, 3600, 7200, 10_800, 21_600, 43_200] as const;
const DAY = 86_400n * SECOND;

/** The step of a range query that names none: the shortest natural one that makes at most 250 points or so, in nanoseconds. */
export function defaultStep(start: UnixNanos, end: UnixNanos): bigint {
  const wanted = (end - start) / POINTS_WANTED;
  const natural = NATURAL_STEPS.map((seconds) => BigInt(seconds) * SECOND).find((step) => step >= wanted);
  return natural ?? ((wanted + DAY - 1n) / DAY) * DAY;
}

import { AegisError, formatDuration, type UnixNanos, unixNanos } from '@aegisguard/model';

/** As many as Prometheus and Loki give: enough for a point a minute over a week. */
const POINTS_MAX = 11_000;
/** Buckets between the first and the last time that matter; bounds what the store may answer per series. */
const BUCKETS_MAX = 1_000_000n;

/**
 * The times of a range query and the buckets that each one's window is made of. Windows are (t − range, t], buckets (origin + i·bucket, origin + (i + 1)·bucket]; the
 * bucket divides step and range, so that every window is whole buckets and a count per bucket is all that is asked of the store.
 */
export interface TimeGrid {
  readonly start: UnixNanos;
  readonly step: bigint;
  /** At least one: `start` itself. */
  readonly points: number;
  readonly origin: UnixNanos;
  readonly bucket: bigint;
  /** From one window's first bucket to the next one's. */
  readonly bucketsPerStep: number;
  readonly bucketsPerWindow: number;
  /** The last window's upper edge, inclusive. */
  readonly last: UnixNanos;
}

function greatestCommonDivisor(a: bigint, b: bigint): bigint {
  return b === 0n ? a : greatestCommonDivisor(b, a % b);
}

/** Lays out a range query: one point at `start` and at every `step` after it up to and including `end`. Throws `query-not-runnable` for too many. */
export function layOutGrid(start: UnixNanos, end: UnixNanos, step: bigint, range: bigint): TimeGrid {
  const points = (end - start) / step + 1n;
  if (points > POINTS_MAX) {
    throw new AegisError('query-not-runnable', {
      detail: `A step of ${formatDuration(step)} makes ${points} points of a series, more than ${POINTS_MAX}; choose a longer step or a shorter time.`,
      members: { limit: POINTS_MAX },
    });
  }
  const bucket = greatestCommonDivisor(step, range);
  const last = start + (points - 1n) * step;
  const origin = start - range;
  if ((last - origin) / bucket > BUCKETS_MAX) {
    throw new AegisError('query-not-runnable', {
      detail: `The step ${formatDuration(step)} and the range ${formatDuration(range)} share no divisor longer than ${formatDuration(bucket)}, too fine for this time; choose a step that divides the range or is a multiple of it.`,
      members: { limit: Number(BUCKETS_MAX) },
    });
  }
  return {
    start,
    step,
    points: Number(points),
    origin: unixNanos(origin),
    bucket,
    bucketsPerStep: Number(step / bucket),
    bucketsPerWindow: Number(range / bucket),
    last: unixNanos(last),
  };
}

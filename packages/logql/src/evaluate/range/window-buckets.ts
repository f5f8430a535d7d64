import type { TimeGrid } from '../time-grid.ts';

/** Beyond it a double does not hold every nanosecond. */
const EXACT_MAX = 2n ** 53n;

/**
 * Time cut where any window of a range aggregation begins or ends. Windows are (t − offset − range, t − offset]; window i is made of the buckets from i·stride on, `size` of them.
 * There are at most four buckets a point, however long the windows are.
 */
export interface WindowBuckets {
  readonly count: number;
  readonly size: number;
  readonly stride: number;
  /** Where the first window begins, exclusive, and the last one ends, inclusive; Unix nanoseconds. */
  readonly after: bigint;
  readonly last: bigint;
  /** Seconds. */
  readonly rangeSeconds: number;
  /** The bucket that a time in (after, last] lies in; -1 for one between windows. */
  bucketOf(time: bigint): number;
  /** When a window ends, in nanoseconds since `after`. */
  windowEnd(point: number): number;
}

/** The buckets of a range aggregation over a grid. */
export function windowBuckets({ start, step, points }: TimeGrid, range: bigint, offset: bigint): WindowBuckets {
  const after = start - offset - range;
  const last = start - offset + BigInt(points - 1) * step;
  const firstEnd = Number(range);
  const frame = {
    after,
    last,
    rangeSeconds: Number(range) / 1e9,
    windowEnd: (point: number) => firstEnd + point * Number(step),
  };
  if (points === 1 || range <= step) {
    const bucketOf = points === 1 ? () => 0 : apart(after, range, step);
    return { ...frame, count: points, size: 1, stride: 1, bucketOf };
  }
  const whole = range / step;
  if (whole >= BigInt(points)) {
    const bucketOf = nested({ after, range, step, points });
    return { ...frame, count: 2 * points - 1, size: points, stride: 1, bucketOf };
  }
  const steps = Number(whole);
  if (range % step === 0n) {
    return {
      ...frame,
      count: points - 1 + steps,
      size: steps,
      stride: 1,
      bucketOf: (time) => ceilingDivide(time - after, step) - 1,
    };
  }
  return {
    ...frame,
    count: 2 * (points + steps) - 1,
    size: 2 * steps + 1,
    stride: 2,
    bucketOf: cut(after, range, step),
  };
}

function ceilingDivide(distance: bigint, width: bigint): number {
  // The quotient of two integers below 2^53 is never rounded up to the next integer.
  return distance < EXACT_MAX ? Math.ceil(Number(distance) / Number(width)) : Number((distance - 1n) / width) + 1;
}

/** Windows that do not overlap: each is one bucket, and between them is nothing. */
function apart(after: bigint, range: bigint, step: bigint): (time: bigint) => number {
  return (time) => {
    const window = ceilingDivide(time - after, step) - 1;
    return time - after - BigInt(window) * step <= range ? window : -1;
  };
}

/** All windows begin before the first one ends: the beginnings, what all have in common, the ends. */
function nested(of: { after: bigint; range: bigint; step: bigint; points: number }): (time: bigint) => number {
  const { after, range, step, points } = of;
  const common = points - 1;
  return (time) => {
    const distance = time - after;
    return distance <= range
      ? Math.min(ceilingDivide(distance, step) - 1, common)
      : common + ceilingDivide(distance - range, step);
  };
}

/** Each step is cut in two where windows end. */
function cut(after: bigint, range: bigint, step: bigint): (time: bigint) => number {
  const rest = range % step;
  return (time) => {
    const distance = time - after;
    const interval = ceilingDivide(distance, step) - 1;
    return 2 * interval + (distance - BigInt(interval) * step <= rest ? 0 : 1);
  };
}

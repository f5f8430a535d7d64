/** Buckets from one power of two to the next. */
const PER_OCTAVE = 4;
/** The bucket whose upper bound is a millisecond. */
const OF_A_MILLISECOND = 80;

/** Counts of durations by bucket: ascending numbers of buckets, and how many fell into each. */
export interface DurationCounts {
  readonly buckets: readonly number[];
  readonly counts: readonly number[];
}

/** Counts of nothing. */
export const NO_DURATIONS: DurationCounts = { buckets: [], counts: [] };

/** The upper bound of a bucket in milliseconds, which is in it; its lower bound is the one below. Every fourth is a power of two. */
export function durationBoundMs(bucket: number): number {
  return 2 ** ((bucket - OF_A_MILLISECOND) / PER_OCTAVE);
}

/** The bucket with this upper bound: a power of two of milliseconds. */
export function bucketBelowMs(boundMs: number): number {
  return OF_A_MILLISECOND + PER_OCTAVE * Math.log2(boundMs);
}

/** The sum of counts. */
export function addDurations(all: readonly DurationCounts[]): DurationCounts {
  const sums = new Map<number, number>();
  for (const { buckets, counts } of all) {
    for (const [place, bucket] of buckets.entries()) {
      sums.set(bucket, (sums.get(bucket) ?? 0) + (counts[place] ?? 0));
    }
  }
  const buckets = [...sums.keys()].sort((left, right) => left - right);
  return { buckets, counts: buckets.map((bucket) => sums.get(bucket) ?? 0) };
}

/** How many of the durations were no longer than this: those of its own bucket in part, as if they were spread evenly over it. */
export function countNotAbove({ buckets, counts }: DurationCounts, durationMs: number): number {
  let count = 0;
  for (const [place, bucket] of buckets.entries()) {
    const [low, high] = [lowerBoundMs(bucket), durationBoundMs(bucket)];
    const share = high <= durationMs ? 1 : Math.max(0, (durationMs - low) / (high - low));
    count += share * (counts[place] ?? 0);
  }
  return count;
}

/** The duration that a share (0 to 1) of all did not take longer than, in milliseconds; within a bucket as if its durations were spread evenly. Null when there are none. It lies in the bucket of the true one: 19 % from it at most. */
export function durationQuantileMs({ buckets, counts }: DurationCounts, share: number): number | null {
  const total = counts.reduce((sum, count) => sum + count, 0);
  if (total === 0) {
    return null;
  }
  const rank = share * total;
  let before = 0;
  for (const [place, bucket] of buckets.entries()) {
    const count = counts[place] ?? 0;
    if (before + count >= rank && count > 0) {
      const low = lowerBoundMs(bucket);
      return low + (durationBoundMs(bucket) - low) * ((rank - before) / count);
    }
    before += count;
  }
  return durationBoundMs(buckets.at(-1) ?? 0);
}

function lowerBoundMs(bucket: number): number {
  return bucket === 0 ? 0 : durationBoundMs(bucket - 1);
}

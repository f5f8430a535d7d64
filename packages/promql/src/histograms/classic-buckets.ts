// Classic histograms, series with cumulative counts per `le`: https://prometheus.io/docs/prometheus/latest/querying/functions/#histogram_quantile
import { fractionBetween, type RankedBucket } from './fraction-between.ts';

/** How many observations are at most `upper`. */
export interface ClassicBucket {
  readonly upper: number;
  readonly count: number;
}

/** Where counts had to be raised since a lower bucket counts more. */
export interface ForcedMonotonicity {
  /** Upper bounds. */
  readonly first: number;
  readonly last: number;
  readonly differenceMax: number;
}

/** Relative differences of counts up to this are rounding. */
const TOLERANCE = 1e-12;
/** The smallest number with full precision. */
const NORMAL_MIN = 2 ** -1022;

/** Estimates a quantile of a classic histogram, its buckets in any order; NaN without a bucket of +Inf, without another one, or without observations. */
export function classicQuantile(
  buckets: readonly ClassicBucket[],
  quantile: number,
): { readonly value: number; readonly forced: ForcedMonotonicity | undefined } {
  if (!(quantile >= 0 && quantile <= 1)) {
    return { value: quantile < 0 ? -Infinity : quantile > 1 ? Infinity : Number.NaN, forced: undefined };
  }
  const merged = mergeBuckets(buckets);
  if (merged.at(-1)?.upper !== Number.POSITIVE_INFINITY) {
    return { value: Number.NaN, forced: undefined };
  }
  const { monotonic, forced } = makeMonotonic(merged);
  const observations = monotonic.at(-1)?.count ?? 0;
  if (monotonic.length < 2 || observations === 0) {
    return { value: Number.NaN, forced };
  }
  return { value: interpolateRank(monotonic, quantile * observations), forced };
}

/** Estimates which part of a classic histogram's observations lies between two values. */
export function classicFraction(buckets: readonly ClassicBucket[], lower: number, upper: number): number {
  const merged = mergeBuckets(buckets);
  const last = merged.at(-1);
  if (last?.upper !== Number.POSITIVE_INFINITY || last.count === 0 || Number.isNaN(lower) || Number.isNaN(upper)) {
    return Number.NaN;
  }
  if (lower >= upper) {
    return 0;
  }
  const ranked = merged.map((bucket, index): RankedBucket => {
    const before = merged[index - 1];
    const rank = before?.count ?? 0;
    const from = before?.upper ?? (bucket.upper > 0 ? 0 : Number.NEGATIVE_INFINITY);
    const rankAt = (value: number) =>
      from === Number.NEGATIVE_INFINITY
        ? bucket.count
        : rank + ((bucket.count - rank) * (value - from)) / (bucket.upper - from);
    return { lower: from, upper: bucket.upper, rank, rankAt };
  });
  return fractionBetween(ranked, lower, upper, last.count) / last.count;
}

/** Ascending; counts of equal bounds, written differently, are added. */
function mergeBuckets(buckets: readonly ClassicBucket[]): ClassicBucket[] {
  const merged: ClassicBucket[] = [];
  for (const bucket of buckets.toSorted((left, right) =>
    left.upper < right.upper ? -1 : left.upper > right.upper ? 1 : 0,
  )) {
    const last = merged.at(-1);
    if (last?.upper === bucket.upper) {
      merged[merged.length - 1] = { upper: last.upper, count: last.count + bucket.count };
    } else {
      merged.push(bucket);
    }
  }
  return merged;
}

/** Counts that never fall: differences that are rounding are ignored silently, falls are told. */
function makeMonotonic(buckets: readonly ClassicBucket[]): {
  monotonic: ClassicBucket[];
  forced: ForcedMonotonicity | undefined;
} {
  let highest = buckets[0]?.count ?? 0;
  let forced: ForcedMonotonicity | undefined;
  const monotonic = buckets.map(({ upper, count }) => {
    if (count === highest || isRounding(highest, count)) {
      return { upper, count: highest };
    }
    if (count < highest) {
      const differenceMax = Math.max(forced?.differenceMax ?? 0, highest - count);
      forced = { first: forced?.first ?? upper, last: upper, differenceMax };
      return { upper, count: highest };
    }
    highest = count;
    return { upper, count };
  });
  return { monotonic, forced };
}

function isRounding(left: number, right: number): boolean {
  const difference = Math.abs(left - right);
  const size = Math.abs(left) + Math.abs(right);
  if (left === 0 || right === 0 || size < NORMAL_MIN) {
    return difference < TOLERANCE * NORMAL_MIN;
  }
  return difference / Math.min(size, Number.MAX_VALUE) < TOLERANCE;
}

function interpolateRank(buckets: readonly ClassicBucket[], rank: number): number {
  const last = buckets.length - 1;
  const found = buckets.findIndex(({ count }) => count >= rank);
  const index = found < 0 ? last : found;
  const [bucket, before] = [buckets[index], buckets[index - 1]];
  if (bucket === undefined || index === last) {
    return before?.upper ?? Number.NaN;
  }
  if (before === undefined && bucket.upper <= 0) {
    return bucket.upper;
  }
  const [start, below] = [before?.upper ?? 0, before?.count ?? 0];
  return start + (bucket.upper - start) * ((rank - below) / (bucket.count - below));
}

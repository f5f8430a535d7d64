// https://prometheus.io/docs/prometheus/latest/querying/functions/#histogram_quantile
import { isExponential, type NativeHistogram } from '@aegisguard/model';
import { type BoundedBucket, boundedBuckets } from './bucket-bounds.ts';

/** A quantile, and whether observations of NaN spoil it: it is NaN for them, or higher than without them. */
export interface HistogramQuantile {
  readonly value: number;
  readonly nanObservations: 'result' | 'skew' | undefined;
}

/** Estimates a quantile of a native histogram; ±Infinity for one outside 0 to 1, NaN without observations. */
export function histogramQuantile(histogram: NativeHistogram, quantile: number): HistogramQuantile {
  if (quantile < 0 || quantile > 1) {
    return plain(quantile < 0 ? Number.NEGATIVE_INFINITY : Number.POSITIVE_INFINITY);
  }
  if (histogram.count === 0 || Number.isNaN(quantile)) {
    return plain(Number.NaN);
  }
  // Observations of NaN are counted but in no bucket, as if they were above all of them: those count from below. Else the shorter way is the more precise one.
  const mayHaveNan = Number.isNaN(histogram.sum);
  const isForward = mayHaveNan || quantile < 0.5;
  const ascending = boundedBuckets(histogram);
  const rank = (isForward ? quantile : 1 - quantile) * histogram.count;
  const found = findRank(isForward ? ascending : ascending.toReversed(), rank);
  const open = openBucketValue(histogram, found.bucket);
  if (open !== undefined) {
    return plain(open);
  }
  const reached = Math.min(found.reached, histogram.count);
  if (reached < rank) {
    return mayHaveNan ? { value: Number.NaN, nanObservations: 'result' } : plain(found.bucket.upper);
  }
  const within = isForward ? rank - (reached - found.bucket.count) : reached - rank;
  const value = interpolate(histogram, found.bucket, within / found.bucket.count);
  const isSkewed = mayHaveNan && ascending.reduce((sum, { count }) => sum + count, 0) < histogram.count;
  return { value, nanObservations: isSkewed ? 'skew' : undefined };
}

function plain(value: number): HistogramQuantile {
  return { value, nanObservations: undefined };
}

/** The first bucket with which the counts reach the rank, or the last one. */
function findRank(buckets: readonly BoundedBucket[], rank: number): { bucket: BoundedBucket; reached: number } {
  let reached = 0;
  let bucket: BoundedBucket = { lower: 0, upper: 0, count: 0 };
  for (bucket of buckets) {
    reached += bucket.count;
    if (bucket.count !== 0 && reached >= rank) {
      break;
    }
  }
  return { bucket, reached };
}

/** What stands for a custom bucket without a lower or an upper end that cannot be interpolated in. */
function openBucketValue(histogram: NativeHistogram, { lower, upper }: BoundedBucket): number | undefined {
  if (isExponential(histogram)) {
    return undefined;
  }
  if (lower === Number.NEGATIVE_INFINITY) {
    return upper <= 0 ? upper : undefined;
  }
  return upper === Number.POSITIVE_INFINITY ? lower : undefined;
}

function interpolate(histogram: NativeHistogram, bucket: BoundedBucket, share: number): number {
  if (!isExponential(histogram)) {
    const lower = bucket.lower === Number.NEGATIVE_INFINITY ? 0 : bucket.lower;
    return lower + (bucket.upper - lower) * share;
  }
  const { lower, upper } = narrowedZeroBucket(histogram, bucket);
  if (lower <= 0 && upper >= 0) {
    return lower + (upper - lower) * share;
  }
  const [low, high] = [Math.log2(Math.abs(lower)), Math.log2(Math.abs(upper))];
  return lower > 0 ? 2 ** (low + (high - low) * share) : -(2 ** (high + (low - high) * (1 - share)));
}

/** The zero bucket of a histogram with buckets on one side only lies on that side, too. Other buckets stay as they are. */
export function narrowedZeroBucket(histogram: NativeHistogram, bucket: BoundedBucket): BoundedBucket {
  const { lower, upper } = bucket;
  if (lower > 0 || upper < 0) {
    return bucket;
  }
  const hasPositive = histogram.positive.counts.length > 0;
  const hasNegative = histogram.negative.counts.length > 0;
  if (hasPositive && !hasNegative) {
    return { ...bucket, lower: 0 };
  }
  return hasNegative && !hasPositive ? { ...bucket, upper: 0 } : bucket;
}

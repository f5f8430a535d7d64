// https://prometheus.io/docs/specs/native_histograms/#buckets
import { exponentialBound, indexedCounts, isExponential, type NativeHistogram } from '@aegisguard/model';

/** Which of the two runs of buckets; custom buckets are all among the positive ones. */
export type Side = 'positive' | 'negative';

/** A bucket with its observations. */
export interface BoundedBucket {
  readonly lower: number;
  readonly upper: number;
  readonly count: number;
}

/** The ends of a bucket, the lower one first. */
export function boundsOf(histogram: NativeHistogram, side: Side, index: number): [lower: number, upper: number] {
  if (!isExponential(histogram)) {
    return [customBound(histogram, index - 1), customBound(histogram, index)];
  }
  const [inner, outer] = [exponentialBound(index - 1, histogram.schema), exponentialBound(index, histogram.schema)];
  return side === 'positive' ? [inner, outer] : [-outer, -inner];
}

/** All buckets from the lowest to the highest, empty ones too but for an empty zero bucket. Those that the zero bucket overlaps begin where it ends. */
export function boundedBuckets(histogram: NativeHistogram): BoundedBucket[] {
  const { zeroThreshold, zeroCount } = histogram;
  const buckets: BoundedBucket[] = [];
  for (const [index, count] of indexedCounts(histogram.negative).reverse()) {
    const [lower, upper] = boundsOf(histogram, 'negative', index);
    buckets.push({ lower, upper: upper < 0 ? Math.min(upper, -zeroThreshold) : upper, count });
  }
  if (zeroCount > 0) {
    buckets.push({ lower: -zeroThreshold, upper: zeroThreshold, count: zeroCount });
  }
  for (const [index, count] of indexedCounts(histogram.positive)) {
    const [lower, upper] = boundsOf(histogram, 'positive', index);
    buckets.push({ lower: lower > 0 ? Math.max(lower, zeroThreshold) : lower, upper, count });
  }
  return buckets;
}

function customBound({ customValues }: NativeHistogram, index: number): number {
  return index < 0 ? Number.NEGATIVE_INFINITY : (customValues[index] ?? Number.POSITIVE_INFINITY);
}

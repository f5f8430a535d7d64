// https://prometheus.io/docs/prometheus/latest/querying/functions/#histogram_fraction
import { isExponential, type NativeHistogram } from '@aegisguard/model';
import { boundedBuckets } from './bucket-bounds.ts';
import { fractionBetween, type RankedBucket } from './fraction-between.ts';
import { narrowedZeroBucket } from './histogram-quantile.ts';
import { shareBelow } from './share-below.ts';

/** A fraction, and whether there are observations of NaN, which are in none. */
export interface HistogramFraction {
  readonly value: number;
  readonly hasNanObservations: boolean;
}

/** Estimates which part of a native histogram's observations lies between two values. */
export function histogramFraction(histogram: NativeHistogram, lower: number, upper: number): HistogramFraction {
  if (histogram.count === 0 || Number.isNaN(lower) || Number.isNaN(upper)) {
    return { value: Number.NaN, hasNanObservations: false };
  }
  if (lower >= upper) {
    return { value: 0, hasNanObservations: false };
  }
  const isCustom = !isExponential(histogram);
  const ranked: RankedBucket[] = [];
  let rank = 0;
  for (const bounded of boundedBuckets(histogram)) {
    const isZeroBucket = bounded.lower <= 0 && bounded.upper >= 0;
    const bucket = narrowedZeroBucket(histogram, bounded);
    const from = rank;
    rank += bucket.count;
    ranked.push({
      lower: bucket.lower,
      upper: bucket.upper,
      rank: from,
      rankAt: (value) =>
        // Nothing is known of how observations lie in a bucket without a lower end.
        bucket.lower === Number.NEGATIVE_INFINITY
          ? bucket.count
          : from + bucket.count * shareBelow(value, bucket.lower, bucket.upper, isCustom || isZeroBucket),
    });
  }
  const hasNanObservations = Number.isNaN(histogram.sum) && rank < histogram.count;
  const most = Number.isNaN(histogram.sum) ? rank : histogram.count;
  return { value: fractionBetween(ranked, lower, upper, most) / histogram.count, hasNanObservations };
}

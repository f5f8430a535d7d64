// The operators `</` and `>/`: https://prometheus.io/docs/prometheus/latest/querying/operators/#histogram-trim-operators
import {
  compactHistogram,
  type HistogramBuckets,
  indexedCounts,
  isExponential,
  type NativeHistogram,
} from '@aegisguard/model';
import { boundsOf, type Side } from './bucket-bounds.ts';
import { shareBelow } from './share-below.ts';

/** Which observations stay: those below the limit (`</`) or those above it (`>/`). */
export type TrimSide = 'below' | 'above';

/** What remains of a bucket, and a value that stands for it in the new sum. */
interface Remainder {
  readonly count: number;
  readonly middle: number;
}

const NOTHING: Remainder = { count: 0, middle: 0 };

/** The histogram without what lies beyond the limit; cut buckets are interpolated, and the sum is estimated from the buckets that remain. Untouched, it keeps count and sum. */
export function trimHistogram(histogram: NativeHistogram, limit: number, side: TrimSide): NativeHistogram {
  const total = { count: 0, sum: 0, isCut: false };
  const keep = (before: number, { count, middle }: Remainder) => {
    total.count += count;
    // What is not there has no sum, not even at an infinite bound.
    total.sum += count === 0 ? 0 : middle * count;
    total.isCut ||= count !== before;
    return count;
  };
  const positive = trimBuckets(histogram, 'positive', limit, side, keep);
  const negative = trimBuckets(histogram, 'negative', limit, side, keep);
  const zeroCount =
    histogram.zeroCount > 0 ? keep(histogram.zeroCount, trimZeroBucket(histogram, limit, side)) : histogram.zeroCount;
  if (!total.isCut) {
    return histogram;
  }
  return compactHistogram({ ...histogram, positive, negative, zeroCount, count: total.count, sum: total.sum });
}

function trimBuckets(
  histogram: NativeHistogram,
  half: Side,
  limit: number,
  side: TrimSide,
  keep: (before: number, remainder: Remainder) => number,
): HistogramBuckets {
  const buckets = histogram[half];
  const counts = indexedCounts(buckets).map(([index, count]) => {
    if (count === 0) {
      return 0;
    }
    const [lower, upper] = boundsOf(histogram, half, index);
    return keep(count, trimBucket(histogram, { lower, upper, count }, limit, side));
  });
  return { spans: buckets.spans, counts };
}

interface Bucket {
  readonly lower: number;
  readonly upper: number;
  readonly count: number;
}

function trimBucket(histogram: NativeHistogram, bucket: Bucket, limit: number, side: TrimSide): Remainder {
  const isLinear = !isExponential(histogram);
  const { lower, upper, count } = bucket;
  if (side === 'below' ? upper <= limit : lower >= limit) {
    return { count, middle: middleOf(lower, upper, isLinear) };
  }
  const isReached = side === 'below' ? lower < limit : upper > limit;
  if (!isReached) {
    return NOTHING;
  }
  if (lower === Number.NEGATIVE_INFINITY || upper === Number.POSITIVE_INFINITY) {
    return trimOpenBucket(bucket, limit, side);
  }
  const below = count * shareBelow(limit, lower, upper, isLinear);
  return side === 'below'
    ? { count: below, middle: middleOf(lower, limit, isLinear) }
    : { count: count - below, middle: middleOf(limit, upper, isLinear) };
}

/** A cut bucket without a lower or without an upper end. Nothing is known of how its observations are spread, so it stays only where it may lie wholly on the right side; one that ends above 0 is taken to begin there. */
function trimOpenBucket({ lower, upper, count }: Bucket, limit: number, side: TrimSide): Remainder {
  if (upper === Number.POSITIVE_INFINITY) {
    return side === 'above' && lower !== Number.NEGATIVE_INFINITY ? { count, middle: limit } : NOTHING;
  }
  if (side === 'below') {
    if (upper <= 0) {
      return { count, middle: limit };
    }
    return limit > 0 ? { count: (count * limit) / upper, middle: limit / 2 } : NOTHING;
  }
  return limit >= 0 ? { count: count * (1 - limit / upper), middle: (limit + upper) / 2 } : NOTHING;
}

function trimZeroBucket(histogram: NativeHistogram, limit: number, side: TrimSide): Remainder {
  const { zeroThreshold, zeroCount } = histogram;
  const hasPositive = histogram.positive.counts.some((count) => count !== 0);
  const hasNegative = histogram.negative.counts.some((count) => count !== 0);
  const lower = hasPositive && !hasNegative ? 0 : -zeroThreshold;
  const upper = hasNegative && !hasPositive ? 0 : zeroThreshold;
  if (limit <= lower || limit >= upper) {
    const isKept = (side === 'below') === limit > lower;
    return isKept ? { count: zeroCount, middle: (lower + upper) / 2 } : NOTHING;
  }
  const share = (side === 'below' ? limit - lower : upper - limit) / (upper - lower);
  return { count: zeroCount * share, middle: ((side === 'below' ? lower : upper) + limit) / 2 };
}

/** The value that stands for an interval: the arithmetic mean of custom buckets, the geometric one of exponential ones; of an open interval its end, or half of it above 0. */
function middleOf(lower: number, upper: number, isLinear: boolean): number {
  if (lower === Number.NEGATIVE_INFINITY) {
    if (upper === Number.POSITIVE_INFINITY) {
      return 0;
    }
    return upper > 0 ? upper / 2 : upper;
  }
  if (upper === Number.POSITIVE_INFINITY) {
    return lower;
  }
  return isLinear ? (lower + upper) / 2 : Math.sign(lower + upper) * Math.sqrt(Math.abs(lower * upper));
}

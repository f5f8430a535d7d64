// https://prometheus.io/docs/specs/native_histograms/
import type { HistogramBuckets, NativeHistogram } from '@aegisguard/model';
import { HISTOGRAM_BUCKETS_MAX } from './metric-limits.ts';

/** The lowest and the highest resolution of exponential buckets. */
const SCHEMA_MIN = -4;
/** See `SCHEMA_MIN`. */
export const SCHEMA_MAX = 8;
/** The schema whose upper bounds are `customValues`. */
const CUSTOM_SCHEMA = -53;

function checkBuckets(side: string, { spans, counts }: HistogramBuckets): string | undefined {
  let length = 0;
  for (const [at, span] of spans.entries()) {
    if (at > 0 && span.offset < 0) {
      return `a ${side} span begins before the one in front of it ended`;
    }
    length += span.length;
  }
  if (length !== counts.length) {
    return `its ${side} spans have ${length} buckets, but there are ${counts.length} counts`;
  }
  return counts.some((count) => count < 0) ? `a ${side} bucket has a negative count` : undefined;
}

function checkCustom({
  positive,
  negative,
  customValues,
  zeroCount,
  zeroThreshold,
}: NativeHistogram): string | undefined {
  if (zeroCount !== 0 || zeroThreshold !== 0 || negative.counts.length > 0 || negative.spans.length > 0) {
    return 'with custom buckets it has no zero bucket and no negative buckets';
  }
  for (const [at, bound] of customValues.entries()) {
    if (Number.isNaN(bound) || bound === Number.POSITIVE_INFINITY || bound <= (customValues[at - 1] ?? -Infinity)) {
      return 'its custom bounds must ascend, without NaN and +Inf';
    }
  }
  const end = positive.spans.reduce((sum, { offset, length }) => sum + offset + length, 0);
  return (positive.spans[0]?.offset ?? 0) < 0 || end > customValues.length + 1
    ? 'its spans reach beyond its custom bounds'
    : undefined;
}

function sum(counts: readonly number[]): number {
  let total = 0;
  for (const count of counts) {
    total += count;
  }
  return total;
}

/** Observations of NaN are in the count but in no bucket, and make the sum NaN. */
function checkCount(histogram: NativeHistogram): string | undefined {
  const inBuckets = histogram.zeroCount + sum(histogram.positive.counts) + sum(histogram.negative.counts);
  const isRight = Number.isNaN(histogram.sum) ? inBuckets <= histogram.count : inBuckets === histogram.count;
  return isRight ? undefined : `its buckets add up to ${inBuckets}, but its count is ${histogram.count}`;
}

/** What is wrong with a native histogram, as the end of a sentence about it. `isInteger` when its counts were sent as integers, which must add up. */
export function checkNativeHistogram(histogram: NativeHistogram, isInteger: boolean): string | undefined {
  const { schema, positive, negative, customValues, zeroThreshold, zeroCount, count } = histogram;
  const isCustom = schema === CUSTOM_SCHEMA;
  if (!isCustom && (schema < SCHEMA_MIN || schema > SCHEMA_MAX)) {
    return `its schema is ${schema}; ${SCHEMA_MIN} to ${SCHEMA_MAX} and ${CUSTOM_SCHEMA} are known`;
  }
  if (Math.max(positive.counts.length + negative.counts.length, customValues.length) > HISTOGRAM_BUCKETS_MAX) {
    return `it has more than ${HISTOGRAM_BUCKETS_MAX} buckets`;
  }
  if (zeroThreshold < 0 || Number.isNaN(zeroThreshold) || zeroCount < 0 || count < 0) {
    return 'its count, zero count and zero threshold must not be negative';
  }
  if (!isCustom && customValues.length > 0) {
    return `only the schema ${CUSTOM_SCHEMA} has custom bounds`;
  }
  return (
    checkBuckets('positive', positive) ??
    checkBuckets('negative', negative) ??
    (isCustom ? checkCustom(histogram) : undefined) ??
    (isInteger ? checkCount(histogram) : undefined)
  );
}

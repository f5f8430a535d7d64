// https://prometheus.io/docs/specs/native_histograms/#schema and https://prometheus.io/docs/prometheus/latest/querying/api/#native-histograms
import type { HistogramBuckets, NativeHistogram } from '@aegisguard/model';

/** The schema whose bounds are listed. */
const CUSTOM_SCHEMA = -53;
const EXPONENT_MAX = 1024;

/** Which ends belong to a bucket, numbered as the API numbers them. */
const OPEN_LEFT = 0;
const OPEN_RIGHT = 1;
const CLOSED = 3;

/** A bucket as the API shows it. */
export interface ShownBucket {
  readonly boundaries: number;
  readonly lower: number;
  readonly upper: number;
  readonly count: number;
}

/** The buckets of a histogram that hold something, ascending. */
export function shownBuckets(histogram: NativeHistogram): ShownBucket[] {
  const { negative, positive, zeroCount, zeroThreshold } = histogram;
  const below = indexedCounts(negative).map(([index, count]): ShownBucket => {
    const lower = -upperBound(histogram, index);
    const upper = Math.min(-upperBound(histogram, index - 1), -zeroThreshold);
    return { boundaries: OPEN_RIGHT, lower, upper, count };
  });
  const above = indexedCounts(positive).map(([index, count]) => positiveBucket(histogram, index, count));
  const zero = { boundaries: CLOSED, lower: -zeroThreshold, upper: zeroThreshold, count: zeroCount };
  return [...below.reverse(), zero, ...above].filter(({ count }) => count !== 0);
}

function positiveBucket(histogram: NativeHistogram, index: number, count: number): ShownBucket {
  const [lower, upper] = [upperBound(histogram, index - 1), upperBound(histogram, index)];
  if (histogram.schema === CUSTOM_SCHEMA) {
    return { boundaries: index === 0 ? CLOSED : OPEN_LEFT, lower, upper, count };
  }
  // The zero bucket has what lies below its threshold, so a bucket begins there at the earliest.
  return { boundaries: OPEN_LEFT, lower: Math.max(lower, histogram.zeroThreshold), upper, count };
}

function indexedCounts({ spans, counts }: HistogramBuckets): (readonly [index: number, count: number])[] {
  const found: [number, number][] = [];
  let index = 0;
  for (const span of spans) {
    index += span.offset;
    for (let inSpan = 0; inSpan < span.length && found.length < counts.length; inSpan += 1) {
      found.push([index, counts[found.length] ?? 0]);
      index += 1;
    }
  }
  return found;
}

/** Where bucket `index` ends. The last exponential bucket before infinity ends at the largest number there is. */
function upperBound({ schema, customValues }: NativeHistogram, index: number): number {
  if (schema === CUSTOM_SCHEMA) {
    return index < 0 ? Number.NEGATIVE_INFINITY : (customValues[index] ?? Number.POSITIVE_INFINITY);
  }
  const exponent = index * 2 ** -schema;
  return exponent === EXPONENT_MAX ? Number.MAX_VALUE : 2 ** exponent;
}

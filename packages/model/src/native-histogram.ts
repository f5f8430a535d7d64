// Arithmetic on native histograms: https://prometheus.io/docs/specs/native_histograms/
import type { HistogramBuckets, NativeHistogram } from './metric-batch.ts';

/** The schema whose bounds are `customValues`. */
export const CUSTOM_BUCKETS_SCHEMA = -53;

/** Of the first power of two that no number holds. */
const MAX_EXPONENT = 1024;

/** Counts by bucket index, ascending. */
type IndexedCounts = readonly (readonly [index: number, count: number])[];

/** Whether buckets are bounded by powers of a base, as opposed to custom values. */
export function isExponential({ schema }: Pick<NativeHistogram, 'schema'>): boolean {
  return schema !== CUSTOM_BUCKETS_SCHEMA;
}

/**
 * The sum of two histograms; undefined when one is exponential and the other has custom bounds. Of two resolutions the coarser is taken, of two zero buckets the wider; where custom
 * bounds differ, those that both have remain. The hint of the sum is the first one's when both agree, else `unknown`.
 */
export function addHistograms(left: NativeHistogram, right: NativeHistogram): NativeHistogram | undefined {
  const aligned = alignHistograms(left, right);
  if (aligned === undefined) {
    return undefined;
  }
  const [first, second] = aligned;
  return {
    schema: first.schema,
    zeroThreshold: first.zeroThreshold,
    zeroCount: first.zeroCount + second.zeroCount,
    count: left.count + right.count,
    sum: left.sum + right.sum,
    positive: addBuckets(first.positive, second.positive),
    negative: addBuckets(first.negative, second.negative),
    customValues: first.customValues,
    resetHint: left.resetHint === right.resetHint ? left.resetHint : 'unknown',
  };
}

/** Two histograms with the same schema, zero bucket and custom bounds, as `addHistograms` says; undefined when one is exponential and the other has custom bounds. */
export function alignHistograms(
  left: NativeHistogram,
  right: NativeHistogram,
): [left: NativeHistogram, right: NativeHistogram] | undefined {
  if (isExponential(left) !== isExponential(right)) {
    return undefined;
  }
  return isExponential(left) ? alignExponential(left, right) : alignCustom(left, right);
}

/** The histogram at a coarser resolution; as it is when it is no finer than that. Only for exponential schemas. */
export function downscaleHistogram(histogram: NativeHistogram, schema: number): NativeHistogram {
  if (!isExponential(histogram) || histogram.schema <= schema) {
    return histogram;
  }
  const steps = histogram.schema - schema;
  // Bucket i ends at base^i, so 2^steps buckets become the one that ends at or after the last of them.
  const merge = (buckets: HistogramBuckets) =>
    bucketsOf(sumByIndex(indexedCounts(buckets), (index) => Math.ceil(index / 2 ** steps)));
  return { ...histogram, schema, positive: merge(histogram.positive), negative: merge(histogram.negative) };
}

/** The histogram without empty buckets and with the fewest spans: equal histograms become equal objects. */
export function compactHistogram(histogram: NativeHistogram): NativeHistogram {
  const compact = (buckets: HistogramBuckets) => bucketsOf(indexedCounts(buckets).filter(([, count]) => count !== 0));
  return { ...histogram, positive: compact(histogram.positive), negative: compact(histogram.negative) };
}

/** Index and count of every bucket. A count without a span, or a span without counts, is not there. */
export function indexedCounts({ spans, counts }: HistogramBuckets): [index: number, count: number][] {
  const indexed: [number, number][] = [];
  let index = 0;
  for (const { offset, length } of spans) {
    index += offset;
    const end = Math.min(length, counts.length - indexed.length);
    for (let step = 0; step < end; step += 1) {
      indexed.push([index + step, counts[indexed.length] ?? 0]);
    }
    index += length;
  }
  return indexed;
}

/** Buckets of ascending indexes, spans as long as they can be. */
export function bucketsOf(indexed: IndexedCounts): HistogramBuckets {
  const spans: { offset: number; length: number }[] = [];
  let next = 0;
  for (const [index] of indexed) {
    const span = spans.at(-1);
    if (span === undefined || index !== next) {
      spans.push({ offset: index - next, length: 1 });
    } else {
      span.length += 1;
    }
    next = index + 1;
  }
  return { spans, counts: indexed.map(([, count]) => count) };
}

/** Upper bound of bucket `index` of an exponential schema. The bucket of the largest finite values ends with the largest of them, and the one behind it has only infinity. */
export function exponentialBound(index: number, schema: number): number {
  const exponent = schema <= 0 ? index * 2 ** -schema : index / 2 ** schema;
  return exponent === MAX_EXPONENT ? Number.MAX_VALUE : 2 ** exponent;
}

function addBuckets(left: HistogramBuckets, right: HistogramBuckets): HistogramBuckets {
  return bucketsOf(sumByIndex([...indexedCounts(left), ...indexedCounts(right)], (index) => index));
}

function sumByIndex(indexed: IndexedCounts, target: (index: number) => number): IndexedCounts {
  const sums = new Map<number, number>();
  for (const [index, count] of indexed) {
    // `+ 0` makes a negative zero, which ceil may give, the index 0.
    const at = target(index) + 0;
    sums.set(at, (sums.get(at) ?? 0) + count);
  }
  return [...sums].sort(([left], [right]) => left - right);
}

function alignExponential(left: NativeHistogram, right: NativeHistogram): [NativeHistogram, NativeHistogram] {
  if (left.schema === right.schema && left.zeroThreshold === right.zeroThreshold) {
    return [left, right];
  }
  let threshold = Math.max(left.zeroThreshold, right.zeroThreshold);
  let pair: [NativeHistogram, NativeHistogram] = [left, right];
  // A bucket that a wider zero bucket reaches into belongs to it as a whole, which may widen it again.
  for (;;) {
    const [widerLeft, widerRight] = pair.map((histogram) => widenZeroBucket(histogram, threshold)) as typeof pair;
    pair = [widerLeft, widerRight];
    const reached = Math.max(widerLeft.zeroThreshold, widerRight.zeroThreshold);
    if (reached === threshold && widerLeft.zeroThreshold === widerRight.zeroThreshold) {
      break;
    }
    threshold = reached;
  }
  const schema = Math.min(left.schema, right.schema);
  return [downscaleHistogram(pair[0], schema), downscaleHistogram(pair[1], schema)];
}

/** Moves what lies below the threshold into the zero bucket; the threshold grows to the end of the last bucket with counts that it cuts. Only for exponential schemas. */
export function widenZeroBucket(histogram: NativeHistogram, threshold: number): NativeHistogram {
  if (threshold <= histogram.zeroThreshold) {
    return histogram;
  }
  let zeroCount = histogram.zeroCount;
  let reached = threshold;
  const move = (buckets: HistogramBuckets) =>
    bucketsOf(
      indexedCounts(buckets).filter(([index, count]) => {
        if (exponentialBound(index - 1, histogram.schema) >= threshold) {
          return true;
        }
        zeroCount += count;
        if (count !== 0) {
          reached = Math.max(reached, exponentialBound(index, histogram.schema));
        }
        return false;
      }),
    );
  const positive = move(histogram.positive);
  const negative = move(histogram.negative);
  return { ...histogram, zeroThreshold: reached, zeroCount, positive, negative };
}

function alignCustom(left: NativeHistogram, right: NativeHistogram): [NativeHistogram, NativeHistogram] {
  const inRight = new Set(right.customValues);
  const common = left.customValues.filter((bound) => inRight.has(bound));
  return [toBounds(left, common), toBounds(right, common)];
}

/** Custom buckets joined so that only the given bounds, a part of its own, remain. */
function toBounds(histogram: NativeHistogram, bounds: readonly number[]): NativeHistogram {
  const { customValues } = histogram;
  if (bounds.length === customValues.length) {
    return histogram;
  }
  const targets: number[] = [];
  for (let index = 0, target = 0; index <= customValues.length; index += 1) {
    targets.push(target);
    target += target < bounds.length && customValues[index] === bounds[target] ? 1 : 0;
  }
  const positive = bucketsOf(sumByIndex(indexedCounts(histogram.positive), (index) => targets[index] ?? bounds.length));
  return { ...histogram, customValues: bounds, positive };
}

import { type HistogramBuckets, indexedCounts, isExponential, type NativeHistogram } from '@aegisguard/model';
import { sameBounds } from './same-layout.ts';

/** Whether two histograms are the same data: the same buckets, empty ones too, with the same counts, where NaN equals NaN. Hints do not matter, nor how spans are written. */
export function equalHistograms(left: NativeHistogram, right: NativeHistogram): boolean {
  return (
    left.schema === right.schema &&
    Object.is(left.count, right.count) &&
    Object.is(left.sum, right.sum) &&
    left.zeroThreshold === right.zeroThreshold &&
    Object.is(left.zeroCount, right.zeroCount) &&
    (isExponential(left) || sameBounds(left.customValues, right.customValues)) &&
    equalBuckets(left.negative, right.negative) &&
    equalBuckets(left.positive, right.positive)
  );
}

function equalBuckets(left: HistogramBuckets, right: HistogramBuckets): boolean {
  const [first, second] = [indexedCounts(left), indexedCounts(right)];
  return (
    first.length === second.length &&
    first.every(([index, count], at) => index === second[at]?.[0] && Object.is(count, second[at]?.[1]))
  );
}

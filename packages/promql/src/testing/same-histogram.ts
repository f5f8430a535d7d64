import { compactHistogram, type HistogramBuckets, indexedCounts, type NativeHistogram } from '@aegisguard/model';
import { nearlyEqual } from './nearly-equal.ts';
import type { ScriptHistogram } from './parse-histogram-notation.ts';

/** Whether a histogram is what a script expects: layout exactly, counts nearly, the hint only where it is written. */
export function sameHistogram(actual: NativeHistogram, { histogram, hasHint }: ScriptHistogram): boolean {
  const [found, wanted] = [compactHistogram(actual), compactHistogram(histogram)];
  return (
    found.schema === wanted.schema &&
    found.zeroThreshold === wanted.zeroThreshold &&
    nearlyEqual(found.count, wanted.count) &&
    nearlyEqual(found.sum, wanted.sum) &&
    nearlyEqual(found.zeroCount, wanted.zeroCount) &&
    found.customValues.length === wanted.customValues.length &&
    found.customValues.every((bound, index) => bound === wanted.customValues[index]) &&
    sameBuckets(found.positive, wanted.positive) &&
    sameBuckets(found.negative, wanted.negative) &&
    (!hasHint || found.resetHint === wanted.resetHint)
  );
}

function sameBuckets(actual: HistogramBuckets, expected: HistogramBuckets): boolean {
  const [found, wanted] = [indexedCounts(actual), indexedCounts(expected)];
  return (
    found.length === wanted.length &&
    found.every(([index, count], at) => index === wanted[at]?.[0] && nearlyEqual(count, wanted[at][1]))
  );
}

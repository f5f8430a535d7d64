import type { HistogramBuckets } from '@aegisguard/model';

/** Whether custom bounds are equal. */
export function sameBounds(left: readonly number[], right: readonly number[]): boolean {
  return left === right || (left.length === right.length && left.every((bound, index) => bound === right[index]));
}

/** Whether spans are written alike, so that their counts belong to each other one by one. Spans that say the same in other words are not. */
export function sameSpans(left: HistogramBuckets['spans'], right: HistogramBuckets['spans']): boolean {
  return (
    left === right ||
    (left.length === right.length &&
      left.every(({ offset, length }, index) => offset === right[index]?.offset && length === right[index]?.length))
  );
}

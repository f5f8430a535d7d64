import type { RangeSeries, RangeVector } from '../value.ts';

/** How many samples the windows of a series have: the fullest of them, the last one, all together. */
export interface WindowSizes {
  readonly largest: number;
  readonly last: number;
  readonly sum: number;
}

/** The sizes for a series of floats. */
export function floatWindowSizes({ timestampsMs }: RangeSeries, { windowEndsMs, rangeMs }: RangeVector): WindowSizes {
  let [first, end, largest, sum] = [0, 0, 0, 0];
  for (let point = 0; point < windowEndsMs.length; point += 1) {
    const endMs = windowEndsMs[point] ?? 0;
    while (end < timestampsMs.length && (timestampsMs[end] ?? 0) <= endMs) {
      end += 1;
    }
    while (first < end && (timestampsMs[first] ?? 0) <= endMs - rangeMs) {
      first += 1;
    }
    largest = Math.max(largest, end - first);
    sum += end - first;
  }
  return { largest, last: end - first, sum };
}

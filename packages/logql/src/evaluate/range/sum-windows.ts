import type { LogCountSeries } from '@aegisguard/model';
import { setPoint, type VectorSeries } from '../value.ts';

/** Windows as whole buckets of equal width: window i is the buckets from i·perStep on, perWindow of them. */
export interface EqualBuckets {
  /** Nanoseconds. */
  readonly bucket: bigint;
  readonly perStep: number;
  readonly perWindow: number;
}

/** Sums the counts of one group over every window, in one pass: each bucket enters a window once and leaves it once. */
export function sumWindows(
  { buckets, counts }: LogCountSeries,
  { perStep, perWindow }: EqualBuckets,
  series: VectorSeries,
  windowValue: (sum: number) => number,
): void {
  let entering = 0;
  let leaving = 0;
  let sum = 0;
  for (let point = 0; point < series.values.length; point += 1) {
    const first = point * perStep;
    const beyond = first + perWindow;
    for (; (buckets[entering] ?? Number.POSITIVE_INFINITY) < beyond; entering += 1) {
      sum += counts[entering] ?? 0;
    }
    for (; leaving < entering && (buckets[leaving] ?? 0) < first; leaving += 1) {
      sum -= counts[leaving] ?? 0;
    }
    if (leaving < entering) {
      setPoint(series, point, windowValue(sum));
    }
  }
}

import type { LogCountSeries } from '@aegisguard/model';
import type { TimeGrid } from './time-grid.ts';

/** How many logs a window holds, by the number of its point; empty windows are absent. */
export interface WindowCount {
  readonly point: number;
  readonly count: number;
}

/** Sums the bucket counts of one group over every window of the grid, in one pass: each bucket enters a window once and leaves it once. */
export function sumWindows({ buckets, counts }: LogCountSeries, grid: TimeGrid): WindowCount[] {
  const sums: WindowCount[] = [];
  let entering = 0;
  let leaving = 0;
  let count = 0;
  for (let point = 0; point < grid.points; point += 1) {
    const first = point * grid.bucketsPerStep;
    const beyond = first + grid.bucketsPerWindow;
    for (; (buckets[entering] ?? Number.POSITIVE_INFINITY) < beyond; entering += 1) {
      count += counts[entering] ?? 0;
    }
    for (; leaving < entering && (buckets[leaving] ?? 0) < first; leaving += 1) {
      count -= counts[leaving] ?? 0;
    }
    if (count > 0) {
      sums.push({ point, count });
    }
  }
  return sums;
}

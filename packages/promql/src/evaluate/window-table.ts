import type { TimesTable } from './tables-by-times.ts';
import type { RangeVector } from './value.ts';

/** Which floats of a series lie in the window of each point. */
export class WindowTable implements TimesTable {
  /** Unix ms: a window is (end − range, end]. */
  readonly windowEndsMs: Float64Array;
  readonly rangeMs: number;
  /** Indexes, by point: from `first` to before `end`. */
  readonly first: Int32Array;
  readonly end: Int32Array;
  /** What it is the table of. */
  timesMs: Float64Array = new Float64Array();
  /** How many floats the windows have: the fullest of them, the last one, all together. */
  largest = 0;
  last = 0;
  sum = 0;

  constructor({ windowEndsMs, rangeMs }: Pick<RangeVector, 'windowEndsMs' | 'rangeMs'>) {
    this.windowEndsMs = windowEndsMs;
    this.rangeMs = rangeMs;
    this.first = new Int32Array(windowEndsMs.length);
    this.end = new Int32Array(windowEndsMs.length);
  }

  fill(timesMs: Float64Array): void {
    const { windowEndsMs, rangeMs } = this;
    let [first, end, largest, sum] = [0, 0, 0, 0];
    for (let point = 0; point < windowEndsMs.length; point += 1) {
      const endMs = windowEndsMs[point] ?? 0;
      while (end < timesMs.length && (timesMs[end] ?? 0) <= endMs) {
        end += 1;
      }
      while (first < end && (timesMs[first] ?? 0) <= endMs - rangeMs) {
        first += 1;
      }
      this.first[point] = first;
      this.end[point] = end;
      largest = Math.max(largest, end - first);
      sum += end - first;
    }
    this.timesMs = timesMs;
    this.largest = largest;
    this.last = end - first;
    this.sum = sum;
  }
}

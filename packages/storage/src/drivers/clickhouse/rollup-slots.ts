import type { GridRequest } from '@aegisguard/model';

/** Widths of rollups in seconds, the widest first. */
const ROLLUP_WIDTHS = [3600, 300, 60] as const;

/** One of them. */
export type RollupWidth = (typeof ROLLUP_WIDTHS)[number];

/** What of a request says when it looks. */
export type Windows = Pick<GridRequest, 'firstMs' | 'stepMs' | 'points' | 'windowMs'>;

/** The widest rollup of which all windows are whole buckets; undefined when there is none. */
export function widestRollup({ firstMs, stepMs, points, windowMs }: Windows): RollupWidth | undefined {
  return ROLLUP_WIDTHS.find((width) => {
    const fits = (ms: number) => ms % (width * 1000) === 0;
    return fits(firstMs) && fits(windowMs) && (points === 1 || fits(stepMs));
  });
}

/**
 * Where the buckets of all windows lie in one array: each bucket that any window has is one slot, in order of time. A window's buckets are neighbours. Windows that are apart leave
 * out what lies between them.
 */
export class RollupSlots {
  readonly widthSeconds: RollupWidth;
  readonly count: number;
  readonly bucketsPerWindow: number;
  /** In buckets; of a single point its window. */
  readonly step: number;
  /** Unix seconds, the ends of the first and the last bucket. */
  readonly firstEnd: number;
  readonly lastEnd: number;
  /** Slots from one window's first to the next one's. */
  readonly #stride: number;

  constructor({ firstMs, stepMs, points, windowMs }: Windows, widthSeconds: RollupWidth) {
    const widthMs = widthSeconds * 1000;
    this.widthSeconds = widthSeconds;
    this.bucketsPerWindow = windowMs / widthMs;
    this.step = points === 1 ? this.bucketsPerWindow : stepMs / widthMs;
    this.#stride = Math.min(this.step, this.bucketsPerWindow);
    this.count = (points - 1) * this.#stride + this.bucketsPerWindow;
    this.firstEnd = (firstMs - windowMs + widthMs) / 1000;
    this.lastEnd = (firstMs + (points - 1) * this.step * widthMs) / 1000;
  }

  /** The slot of the bucket that ends then; -1 when no window has it. */
  slotOf(endSeconds: number): number {
    if (endSeconds < this.firstEnd || endSeconds > this.lastEnd) {
      return -1;
    }
    const bucket = (endSeconds - this.firstEnd) / this.widthSeconds;
    if (this.step <= this.bucketsPerWindow) {
      return bucket;
    }
    const inStep = bucket % this.step;
    return inStep < this.bucketsPerWindow ? Math.floor(bucket / this.step) * this.bucketsPerWindow + inStep : -1;
  }

  /** The first slot of a point's window. */
  firstOf(point: number): number {
    return point * this.#stride;
  }
}

import type { WindowTable } from '../../evaluate/window-table.ts';
import { distanceToEdge } from './extrapolate.ts';

const MS_PER_SECOND = 1000;
const KNOWN = new WeakMap<WindowTable, ExtrapolationTable>();

/** The table of windows, whose results are divided by `unit`. Computed once as long as the windows are the same. */
export function extrapolationTable(windows: WindowTable, unit: number): ExtrapolationTable {
  let table = KNOWN.get(windows);
  if (table === undefined) {
    table = new ExtrapolationTable(windows.first.length);
    KNOWN.set(windows, table);
  }
  table.fill(windows, unit);
  return table;
}

/** What `extrapolationFactor` needs to know of each window with at least two samples, which depends on times alone; in seconds. */
export class ExtrapolationTable {
  /** From the first sample to the last. */
  readonly sampled: Float64Array;
  /** How far the increase is taken to go on before the first sample and after the last. */
  readonly before: Float64Array;
  readonly after: Float64Array;
  /** What an increase is multiplied by that goes on so far. */
  readonly scale: Float64Array;
  #timesMs: Float64Array | undefined;
  #unit = 0;

  constructor(points: number) {
    this.sampled = new Float64Array(points);
    this.before = new Float64Array(points);
    this.after = new Float64Array(points);
    this.scale = new Float64Array(points);
  }

  /** Computes the table, unless it is this one. */
  fill(windows: WindowTable, unit: number): void {
    const { timesMs, windowEndsMs, rangeMs } = windows;
    if (this.#timesMs === timesMs && this.#unit === unit) {
      return;
    }
    this.#timesMs = timesMs;
    this.#unit = unit;
    for (let point = 0; point < windowEndsMs.length; point += 1) {
      const gaps = (windows.end[point] ?? 0) - (windows.first[point] ?? 0) - 1;
      if (gaps > 0) {
        const endMs = windowEndsMs[point] ?? 0;
        const firstMs = timesMs[windows.first[point] ?? 0] ?? 0;
        const lastMs = timesMs[(windows.end[point] ?? 0) - 1] ?? 0;
        const sampled = (lastMs - firstMs) / MS_PER_SECOND;
        const mean = sampled / gaps;
        const before = distanceToEdge((firstMs - (endMs - rangeMs)) / MS_PER_SECOND, mean);
        const after = distanceToEdge((endMs - lastMs) / MS_PER_SECOND, mean);
        this.sampled[point] = sampled;
        this.before[point] = before;
        this.after[point] = after;
        this.scale[point] = (sampled === 0 ? 1 : (sampled + before + after) / sampled) / unit;
      }
    }
  }
}

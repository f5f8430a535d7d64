import type { ChartRange } from './frame.ts';
import type { HeatGrid } from './heat-grid.ts';

export const LEFT_PX = 64;
export const BOTTOM_PX = 22;
export const TOP_PX = 6;

/** Where the cells of a heatmap lie, in pixels from its left upper corner. */
export interface HeatLayout {
  readonly width: number;
  readonly height: number;
  readonly rowHeight: number;
  readonly xOf: (ms: number) => number;
  /** How wide a step is, in ms. */
  readonly stepMs: number;
}

/** A cell, by its row from below and its place on the time axis. */
export interface HeatCell {
  readonly row: number;
  readonly index: number;
}

/** Lays a heatmap out. */
export function heatLayout(grid: HeatGrid, range: ChartRange, fullWidth: number, fullHeight: number): HeatLayout {
  const width = Math.max(1, fullWidth - LEFT_PX);
  const height = Math.max(1, fullHeight - BOTTOM_PX - TOP_PX);
  const span = Math.max(1, range.toMs - range.fromMs);
  return {
    width,
    height,
    rowHeight: height / Math.max(1, grid.rows.length),
    xOf: (ms) => LEFT_PX + ((ms - range.fromMs) / span) * width,
    stepMs: (grid.times[1] ?? range.toMs) - (grid.times[0] ?? range.fromMs),
  };
}

/** Where one cell lies. A value at a time is of the step before it. */
export function cellBox(grid: HeatGrid, layout: HeatLayout, { row, index }: HeatCell) {
  const at = grid.times[index] ?? 0;
  const right = layout.xOf(at);
  const left = Math.max(LEFT_PX, layout.xOf(at - layout.stepMs));
  return {
    left,
    top: TOP_PX + layout.height - (row + 1) * layout.rowHeight,
    width: Math.max(1, right - left),
    height: Math.max(1, layout.rowHeight),
  };
}

const STRIDE = 10;

/** The cell that a key leads to, ten at a time with `isFar`; from nowhere the latest of the lowest row. Undefined for other keys. */
export function cellByKey(
  { rows, times }: HeatGrid,
  from: HeatCell | undefined,
  key: string,
  isFar: boolean,
): HeatCell | undefined {
  const far = isFar ? STRIDE : 1;
  const last = { row: rows.length - 1, index: times.length - 1 };
  const step = {
    ArrowLeft: { row: 0, index: -far },
    ArrowRight: { row: 0, index: far },
    ArrowUp: { row: far, index: 0 },
    ArrowDown: { row: -far, index: 0 },
    Home: { row: 0, index: -last.index },
    End: { row: 0, index: last.index },
  }[key];
  if (step === undefined || last.row < 0 || last.index < 0) {
    return undefined;
  }
  if (from === undefined) {
    return { row: 0, index: key === 'Home' ? 0 : last.index };
  }
  const within = (value: number, most: number): number => Math.min(most, Math.max(0, value));
  return { row: within(from.row + step.row, last.row), index: within(from.index + step.index, last.index) };
}

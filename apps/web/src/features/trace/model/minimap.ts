import { isError, type TraceModel } from './trace-model.ts';

/** What a cell of a minimap shows where there is nothing, and where something failed; else the place of a service's colour. */
export const NOTHING = 255;
export const FAILED = 254;

/** A trace in a few pixels: each line stands for the rows that come next to each other. */
export interface Minimap {
  readonly width: number;
  readonly lines: number;
  /** By line and column. */
  readonly cells: Uint8Array;
}

/** Draws a trace into cells. What is further below covers what is above it, and what failed covers everything. */
export function minimap(model: TraceModel, width: number, linesMax: number): Minimap {
  const { count, start, duration, service, palette, total } = model;
  const lines = Math.max(1, Math.min(linesMax, count));
  const cells = new Uint8Array(width * lines).fill(NOTHING);
  const fill = (row: number, color: number): void => {
    const line = Math.floor((row * lines) / count) * width;
    const from = Math.min(width - 1, Math.floor(((start[row] ?? 0) / total) * width));
    const until = Math.max(from + 1, Math.round((((start[row] ?? 0) + (duration[row] ?? 0)) / total) * width));
    cells.fill(color, line + from, line + Math.min(width, until));
  };
  for (let row = 0; row < count; row++) {
    fill(row, palette[service[row] ?? 0] ?? 0);
  }
  for (let row = 0; row < count; row++) {
    if (isError(model, row)) {
      fill(row, FAILED);
    }
  }
  return { width, lines, cells };
}

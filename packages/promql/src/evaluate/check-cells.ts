import { tooManySamples } from './sample-count.ts';

/** Points that the series of one value may have together, there or not: their columns are as long as the grid. */
const CELLS_MAX = 50_000_000;

/** Throws `query-too-large` when a value of that many series would have too many points. */
export function checkCells(series: number, points: number): void {
  if (series * points > CELLS_MAX) {
    throw tooManySamples(CELLS_MAX);
  }
}

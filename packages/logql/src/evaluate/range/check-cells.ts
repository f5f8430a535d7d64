import { AegisError } from '@aegisguard/model';

/** Numbers that one operation of a query may hold at a time: 160 MB. */
const CELLS_MAX = 20_000_000;

/** Throws `query-too-large` before series times points are more than memory is for. */
export function checkCells(cells: number): void {
  if (cells > CELLS_MAX) {
    throw new AegisError('query-too-large', {
      detail:
        'An operation of the query has too many series for so many points; select less, group by fewer labels or choose a longer step.',
      members: { limit: CELLS_MAX },
    });
  }
}

import { AegisError } from '@aegisguard/model';

/** Numbers that all operations of a query together may make: some 500 MB, were they held at the same time. */
const CELLS_MAX = 60_000_000;

/** Bounds the memory of a query, by series times points. */
export class CellBudget {
  #left = CELLS_MAX;

  /** Throws `query-too-large` before there are too many. */
  take(cells: number): void {
    this.#left -= cells;
    if (this.#left < 0) {
      throw new AegisError('query-too-large', {
        detail:
          'The operations of the query have too many series for so many points; select less, group by fewer labels or choose a longer step.',
        members: { limit: CELLS_MAX },
      });
    }
  }
}

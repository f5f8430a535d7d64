/** How often a detector replaced something at a place, and how. */
export interface TallyRow {
  readonly detector: string;
  readonly strategy: string;
  readonly place: string;
  count: number;
}

/** A batch with more places has the others under one name: places hold names that clients make, and each is a row in the store. */
const PLACES_MAX = 200;
/** What the others are called. */
const OTHER_PLACES = '(other)';

/** Counts what was replaced in one batch: per detector, strategy and place. */
export class ScrubTally {
  readonly #rows = new Map<string, TallyRow[]>();

  add(detector: string, strategy: string, sentPlace: string, count = 1): void {
    const place = this.#rows.has(sentPlace) || this.#rows.size < PLACES_MAX ? sentPlace : OTHER_PLACES;
    const rows = this.#rows.get(place) ?? [];
    const known = rows.find((row) => row.detector === detector && row.strategy === strategy);
    if (known === undefined) {
      rows.push({ detector, strategy, place, count });
      this.#rows.set(place, rows);
    } else {
      known.count += count;
    }
  }

  rows(): readonly TallyRow[] {
    return [...this.#rows.values()].flat();
  }

  /** The rows so far, which are forgotten. */
  take(): readonly TallyRow[] {
    const rows = this.rows();
    this.#rows.clear();
    return rows;
  }
}

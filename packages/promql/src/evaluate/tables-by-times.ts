/** What follows from the times of samples alone. */
export interface TimesTable {
  /** Computes it for those times. */
  fill(timesMs: Float64Array): void;
}

/** So many tables are kept at most as have this many points together, at some 40 bytes each. */
const KEPT_POINTS_MAX = 1_000_000;

/** Tables for series of which many share their times: what was scraped together has the very same array. A table is kept from the second series with that array on, so that series with times of their own cost no memory. */
export class TablesByTimes<T extends TimesTable> {
  readonly #make: () => T;
  readonly #keptMax: number;
  readonly #kept = new Map<Float64Array, T>();
  readonly #seen = new Set<Float64Array>();
  readonly #spare: T;

  constructor(points: number, make: () => T) {
    this.#make = make;
    this.#keptMax = KEPT_POINTS_MAX / points;
    this.#spare = make();
  }

  /** The table of those times; no other one may be in use. */
  of(timesMs: Float64Array): T {
    const known = this.#kept.get(timesMs);
    if (known !== undefined) {
      return known;
    }
    const isShared = this.#seen.has(timesMs) && this.#kept.size < this.#keptMax;
    const table = isShared ? this.#make() : this.#spare;
    if (isShared) {
      this.#kept.set(timesMs, table);
    }
    this.#seen.add(timesMs);
    table.fill(timesMs);
    return table;
  }
}

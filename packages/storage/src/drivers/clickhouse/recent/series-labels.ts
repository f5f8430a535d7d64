import type { Labels, OrgId } from '@aegisguard/model';
import type { SeriesKey } from '../metric-selection-sql.ts';

/** A series that matches. */
export interface FoundSeries extends SeriesKey {
  readonly labels: Labels;
}

type Generation = Map<OrgId, Map<bigint, FoundSeries>>;

/** Labels of series, which never change: an id is a hash of them. When it is full, what was not used since it was last full is forgotten; it holds up to twice `seriesMax`. */
export class SeriesLabels {
  readonly #seriesMax: number;
  #young: Generation = new Map();
  #old: Generation = new Map();
  #count = 0;

  constructor(seriesMax: number) {
    this.#seriesMax = seriesMax;
  }

  get(orgId: OrgId, id: bigint): FoundSeries | undefined {
    const young = this.#young.get(orgId)?.get(id);
    if (young !== undefined) {
      return young;
    }
    const old = this.#old.get(orgId)?.get(id);
    if (old !== undefined) {
      this.set(orgId, old);
    }
    return old;
  }

  set(orgId: OrgId, series: FoundSeries): void {
    if (this.#count >= this.#seriesMax) {
      this.#old = this.#young;
      this.#young = new Map();
      this.#count = 0;
    }
    let ofOrg = this.#young.get(orgId);
    if (ofOrg === undefined) {
      ofOrg = new Map();
      this.#young.set(orgId, ofOrg);
    }
    ofOrg.set(series.id, series);
    this.#count += 1;
  }
}

import { createHash } from 'node:crypto';
import type { MetricMetadata, MetricSeries, OrgId } from '@aegisguard/model';

/** A row stands for this much time after it; readers look for series that were seen this long before their range. */
export const SERIES_ROW_MS = 10 * 60_000;

/** What an encoder has written lately, so that labels and metadata go along now and then only. Bounded: when it is full it forgets everything, and rows are written again. */
export class SeriesMemory {
  readonly #entriesMax: number;
  /** Latest time that a written row tells of, by organization and series. */
  readonly #seen = new Map<OrgId, Map<bigint, number>>();
  /** Time of receipt of the written row, by a hash of all that is in it. */
  readonly #metadata = new Map<string, number>();
  #entries = 0;

  constructor(entriesMax: number) {
    this.#entriesMax = entriesMax;
  }

  /**
   * Whether the series' row must be written for a sample of this time: always when no row is known, and when the known one is older than `SERIES_ROW_MS`. So every sample is at most
   * that much later than its series' row, also when samples come faster or slower than time passes.
   */
  isDue(orgId: OrgId, { id }: MetricSeries, timestampMs: number): boolean {
    const seen = this.#seen.get(orgId)?.get(id);
    return seen === undefined || timestampMs > seen + SERIES_ROW_MS;
  }

  /** The row goes along. */
  wrote(orgId: OrgId, { id }: MetricSeries, timestampMs: number): void {
    this.#grow();
    let ofOrganization = this.#seen.get(orgId);
    if (ofOrganization === undefined) {
      ofOrganization = new Map();
      this.#seen.set(orgId, ofOrganization);
    }
    ofOrganization.set(id, timestampMs);
  }

  /** Whether the metadata must be written; when so, it is taken to be. */
  takeMetadata(orgId: OrgId, { metric, type, unit, help }: MetricMetadata, receivedAtMs: number): boolean {
    // A help may be long, and a sender may make up a new one for every batch.
    const key = createHash('sha256')
      .update(JSON.stringify([orgId, metric, type, unit, help]))
      .digest('base64');
    const written = this.#metadata.get(key);
    if (written !== undefined && Math.abs(receivedAtMs - written) < SERIES_ROW_MS) {
      return false;
    }
    this.#grow();
    this.#metadata.set(key, receivedAtMs);
    return true;
  }

  /** Nothing was written. */
  forget(): void {
    this.#seen.clear();
    this.#metadata.clear();
    this.#entries = 0;
  }

  #grow(): void {
    // Entries written anew count again: the bound is reached early rather than late.
    if (this.#entries >= this.#entriesMax) {
      this.forget();
    }
    this.#entries += 1;
  }
}

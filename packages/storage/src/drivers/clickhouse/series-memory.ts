import { createHash } from 'node:crypto';
import type { MetricMetadata, OrgId } from '@aegisguard/model';

/** A row stands for its times and for this much after them; readers look for series that were seen this long before their range. */
export const SERIES_ROW_MS = 10 * 60_000;
/** A series has a row for each week: that is what the table's partitions are. */
const SERIES_WEEK_MS = 7 * 86_400_000;
/** Rows tell of the hour only in which a series was first seen: rows of several encoders, and of one that was started anew, merge when they begin in the same one. */
const FIRST_SEEN_MS = 3_600_000;
/** 1970-01-05, a Monday. */
const MONDAY_MS = 4 * 86_400_000;

/** The week that a time lies in, from Monday. */
export function weekOf(timestampMs: number): number {
  return Math.floor((timestampMs - MONDAY_MS) / SERIES_WEEK_MS);
}

/** From when to when a series was seen, in Unix ms, both inclusive. */
export interface TimeSpan {
  readonly firstMs: number;
  readonly lastMs: number;
}

/** What an encoder has written lately, so that labels and metadata go along now and then only. Bounded: when it is full it forgets everything, and rows are written again. */
export class SeriesMemory {
  readonly #entriesMax: number;
  /** What the rows written last tell of, by organization and week, then series. */
  readonly #seen = new Map<string, Map<bigint, TimeSpan>>();
  /** Time of receipt of the written row, by a hash of all that is in it. */
  readonly #metadata = new Map<string, number>();
  #entries = 0;

  constructor(entriesMax: number) {
    this.#entriesMax = entriesMax;
  }

  /**
   * What the series' row must tell of so that samples of this span, which lies in one week, are covered, and whether it is news: no row is known, or the known ones end more than
   * `SERIES_ROW_MS` before the span or begin after it. A row tells of all that the ones before told of, so that every sample has one row that was first seen not later, and last
   * seen at most that much earlier, also when samples come faster or slower than time passes, or out of order.
   */
  see(orgId: OrgId, seriesId: bigint, span: TimeSpan): { readonly span: TimeSpan; readonly isNews: boolean } {
    const ofWeek = this.#week(`${orgId} ${weekOf(span.lastMs)}`);
    const known = ofWeek.get(seriesId);
    if (known !== undefined && span.firstMs >= known.firstMs && span.lastMs <= known.lastMs + SERIES_ROW_MS) {
      return { span: known, isNews: false };
    }
    const firstMs = Math.floor(span.firstMs / FIRST_SEEN_MS) * FIRST_SEEN_MS;
    const joined = {
      firstMs: Math.min(firstMs, known?.firstMs ?? firstMs),
      lastMs: Math.max(span.lastMs, known?.lastMs ?? span.lastMs),
    };
    this.#grow();
    this.#week(`${orgId} ${weekOf(span.lastMs)}`).set(seriesId, joined);
    return { span: joined, isNews: true };
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

  #week(key: string): Map<bigint, TimeSpan> {
    const known = this.#seen.get(key);
    if (known !== undefined) {
      return known;
    }
    const ofWeek = new Map<bigint, TimeSpan>();
    this.#seen.set(key, ofWeek);
    return ofWeek;
  }

  #grow(): void {
    // Entries written anew count again: the bound is reached early rather than late.
    if (this.#entries >= this.#entriesMax) {
      this.forget();
    }
    this.#entries += 1;
  }
}

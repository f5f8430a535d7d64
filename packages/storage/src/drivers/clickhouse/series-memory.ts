import { createHash } from 'node:crypto';
import type { MetricMetadata, MetricSeries, OrgId } from '@aegisguard/model';

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

/** What is known of an organization's series in a week. */
interface SeriesWeek {
  readonly orgId: OrgId;
  readonly week: number;
  /** Stands for this object in what series keep of it, so that they do not keep all the others. */
  readonly token: object;
  readonly rows: Map<bigint, WrittenRow>;
}

/** What the row of a series tells of that was written last. */
interface WrittenRow {
  readonly token: object;
  firstMs: number;
  lastMs: number;
}

/** What an encoder has written lately, so that labels and metadata go along now and then only. Bounded: when it is full it forgets everything, and rows are written again. */
export class SeriesMemory {
  readonly #entriesMax: number;
  /** By organization and week. */
  readonly #weeks = new Map<string, SeriesWeek>();
  /** The one that was asked for last: nearly always the next one, too. */
  #week: SeriesWeek | undefined;
  /** Time of receipt of the written row, by a hash of all that is in it. */
  readonly #metadata = new Map<string, number>();
  #entries = 0;

  constructor(entriesMax: number) {
    this.#entriesMax = entriesMax;
  }

  /**
   * What the row must tell of that has to be written for samples of this span, which lies in one week; undefined when those that were written cover it. It does when no row is known, or the known ones end more
   * than `SERIES_ROW_MS` before the span or begin after it, and always when `again`. A row tells of all that the ones before told of, so that every sample has one row that was first seen not later, and last
   * seen at most that much earlier, also when samples come faster or slower than time passes, or out of order.
   */
  see(orgId: OrgId, series: MetricSeries, firstMs: number, lastMs: number, again = false): TimeSpan | undefined {
    const week = this.#weekOf(orgId, weekOf(lastMs));
    const known = knownRow(week, series);
    if (known !== undefined && firstMs >= known.firstMs && lastMs <= known.lastMs + SERIES_ROW_MS) {
      return again ? known : undefined;
    }
    const firstHourMs = Math.floor(firstMs / FIRST_SEEN_MS) * FIRST_SEEN_MS;
    this.#grow();
    const { token, rows } = this.#weekOf(orgId, week.week);
    const row = {
      token,
      firstMs: Math.min(firstHourMs, known?.firstMs ?? firstHourMs),
      lastMs: Math.max(lastMs, known?.lastMs ?? lastMs),
    };
    rows.set(series.id, row);
    series.written = row;
    return row;
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
    this.#weeks.clear();
    this.#week = undefined;
    this.#metadata.clear();
    this.#entries = 0;
  }

  #weekOf(orgId: OrgId, week: number): SeriesWeek {
    if (this.#week?.week === week && this.#week.orgId === orgId) {
      return this.#week;
    }
    const key = `${orgId} ${week}`;
    const known = this.#weeks.get(key) ?? { orgId, week, token: {}, rows: new Map() };
    this.#weeks.set(key, known);
    this.#week = known;
    return known;
  }

  #grow(): void {
    // Entries written anew count again: the bound is reached early rather than late.
    if (this.#entries >= this.#entriesMax) {
      this.forget();
    }
    this.#entries += 1;
  }
}

/** Series that come again bring their row along, unless another organization has sent the same labels since. */
function knownRow({ rows, token }: SeriesWeek, series: MetricSeries): WrittenRow | undefined {
  const own = series.written as WrittenRow | undefined;
  if (own?.token === token) {
    return own;
  }
  const row = rows.get(series.id);
  if (row !== undefined) {
    series.written = row;
  }
  return row;
}

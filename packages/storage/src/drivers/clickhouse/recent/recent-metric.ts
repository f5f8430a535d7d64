import { RecentSeries, type SamplePiece } from './recent-series.ts';
import { newParts, type PartList } from './stored-parts.ts';
import { type TimeColumn, TimeColumns } from './time-column.ts';
import { Turns } from './turns.ts';

/** How long what was asked for counts as wanted. */
const WANTED_MS = 15 * 60_000;

/** All samples of an organization's metric after a time, as the table had them when its parts were listed last. */
export class RecentMetric {
  readonly metricId: bigint;
  /** Who reads or changes what is known has a turn. */
  readonly turns = new Turns();
  /** Exclusive. */
  #fromMs = Number.POSITIVE_INFINITY;
  #known: PartList | undefined;
  /** When the list of parts that it was last compared with was asked for, by the process's clock. */
  listedAt = Number.NEGATIVE_INFINITY;
  #histograms: { readonly parts: PartList; readonly hasSome: boolean } | undefined;
  #series = new Map<bigint, RecentSeries>();
  #version = 0;
  #bytes = 0;
  #earliestWantedMs = Number.POSITIVE_INFINITY;
  #wantedSinceMs = Number.NEGATIVE_INFINITY;

  constructor(metricId: bigint) {
    this.metricId = metricId;
  }

  get fromMs(): number {
    return this.#fromMs;
  }

  /** undefined: nothing is known. */
  get known(): PartList | undefined {
    return this.#known;
  }

  get bytes(): number {
    return this.#bytes;
  }

  get seriesCount(): number {
    return this.#series.size;
  }

  /** Whether it has native histograms after `fromMs`, or may have. */
  get hasHistograms(): boolean {
    return this.#histograms?.hasSome ?? true;
  }

  /** Whether that is known of these parts, or of others that had the same rows. */
  knowsHistograms(parts: PartList): boolean {
    const known = this.#histograms;
    if (known === undefined || newParts(known.parts, parts, this.#fromMs)?.length !== 0) {
      return false;
    }
    this.#histograms = { parts, hasSome: known.hasSome };
    return true;
  }

  noteHistograms(parts: PartList, hasSome: boolean): void {
    this.#histograms = { parts, hasSome };
  }

  /** Changes when `series` would give another object for some id. */
  get version(): number {
    return this.#version;
  }

  series(id: bigint): RecentSeries | undefined {
    return this.#series.get(id);
  }

  forget(): void {
    this.#known = undefined;
    this.#fromMs = Number.POSITIVE_INFINITY;
    this.#histograms = undefined;
    this.#series = new Map();
    this.#version += 1;
    this.#bytes = 0;
  }

  /** Takes what was read: now all that the parts had after `fromMs` is here. Samples that are known already may come again. */
  take(
    fromMs: number,
    known: PartList,
    pieces: ReadonlyMap<bigint, readonly SamplePiece[]>,
    columns: TimeColumns,
  ): void {
    if (fromMs < this.#fromMs) {
      this.#fromMs = fromMs;
      this.#histograms = undefined;
    }
    this.#known = known;
    if (pieces.size === 0) {
      return;
    }
    let isOther = false;
    for (const [id, ofSeries] of pieces) {
      const series = this.#series.get(id);
      const next = series === undefined ? new RecentSeries(columns, ofSeries) : series.with(columns, ofSeries);
      if (next !== series) {
        this.#series.set(id, next);
        isOther = true;
      }
    }
    this.#version += isOther ? 1 : 0;
    this.#measure();
  }

  /** Lets go of what is from long before what was wanted lately. */
  want(startMs: number, nowMs: number): void {
    this.#earliestWantedMs = Math.min(this.#earliestWantedMs, startMs);
    if (nowMs - this.#wantedSinceMs < WANTED_MS) {
      return;
    }
    const unusedMs = this.#earliestWantedMs - this.#fromMs;
    if (unusedMs > (nowMs - this.#earliestWantedMs) / 2) {
      this.#forgetUntil(this.#earliestWantedMs);
    }
    this.#wantedSinceMs = nowMs;
    this.#earliestWantedMs = startMs;
  }

  #forgetUntil(timeMs: number): void {
    const columns = new TimeColumns();
    const kept = [...this.#series].flatMap(([id, series]) => {
      const left = series.after(columns, timeMs);
      return left === undefined ? [] : [[id, left] as const];
    });
    this.#series = new Map(kept);
    this.#version += 1;
    this.#fromMs = timeMs;
    this.#measure();
  }

  #measure(): void {
    const columns = new Set<TimeColumn>();
    let bytes = 0;
    for (const series of this.#series.values()) {
      columns.add(series.times);
      bytes += series.bytes;
    }
    this.#bytes = [...columns].reduce((sum, column) => sum + column.bytes, bytes);
  }
}

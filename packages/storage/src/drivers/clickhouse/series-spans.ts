import type { MetricBatch } from '@aegisguard/model';
import { type TimeSpan, weekOf } from './series-memory.ts';

/** Times of a series' samples within a week. */
export interface SeenSpan extends TimeSpan {
  /** The series' place in the batch. */
  readonly index: number;
}

/** From when to when each series of a batch has samples or exemplars, for each week apart. */
export function seenSpans({ series, samples, histograms, exemplars, deltas }: MetricBatch): SeenSpan[] {
  const spans = new Spans(series.length);
  for (const columns of [samples, deltas.samples]) {
    for (let row = 0; row < columns.count; row += 1) {
      spans.see(columns.series[row] ?? 0, columns.timestampMs[row] ?? 0);
    }
  }
  for (const rows of [histograms, deltas.histograms, exemplars]) {
    for (const row of rows) {
      spans.see(row.series, row.timestampMs);
    }
  }
  return spans.all();
}

/** A series' first week is kept in arrays, for nearly every batch is of one week; others are looked up. */
class Spans {
  readonly #weeks: Float64Array;
  readonly #firsts: Float64Array;
  readonly #lasts: Float64Array;
  readonly #others = new Map<string, { index: number; firstMs: number; lastMs: number }>();

  constructor(count: number) {
    this.#weeks = new Float64Array(count).fill(Number.NaN);
    this.#firsts = new Float64Array(count);
    this.#lasts = new Float64Array(count);
  }

  see(index: number, timestampMs: number): void {
    const week = weekOf(timestampMs);
    const known = this.#weeks[index];
    if (known === week) {
      this.#firsts[index] = Math.min(this.#firsts[index] ?? timestampMs, timestampMs);
      this.#lasts[index] = Math.max(this.#lasts[index] ?? timestampMs, timestampMs);
    } else if (Number.isNaN(known)) {
      this.#weeks[index] = week;
      this.#firsts[index] = timestampMs;
      this.#lasts[index] = timestampMs;
    } else {
      this.#seeOther(index, week, timestampMs);
    }
  }

  all(): SeenSpan[] {
    const spans: SeenSpan[] = [...this.#others.values()];
    for (const [index, week] of this.#weeks.entries()) {
      if (!Number.isNaN(week)) {
        spans.push({ index, firstMs: this.#firsts[index] ?? 0, lastMs: this.#lasts[index] ?? 0 });
      }
    }
    return spans;
  }

  #seeOther(index: number, week: number, timestampMs: number): void {
    const key = `${index} ${week}`;
    const span = this.#others.get(key);
    if (span === undefined) {
      this.#others.set(key, { index, firstMs: timestampMs, lastMs: timestampMs });
    } else {
      span.firstMs = Math.min(span.firstMs, timestampMs);
      span.lastMs = Math.max(span.lastMs, timestampMs);
    }
  }
}

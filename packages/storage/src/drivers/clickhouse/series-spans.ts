import type { MetricBatch, SampleColumns } from '@aegisguard/model';
import { weekOf } from './series-memory.ts';

/** Told from when to when the series at a place in the batch has samples or exemplars in a week; Unix ms, both inclusive. */
type OnSpan = (index: number, firstMs: number, lastMs: number) => void;

/** Tells of each series of a batch, for each week apart. */
export function eachSpan({ series, samples, histograms, exemplars, deltas }: MetricBatch, onSpan: OnSpan): void {
  const spans = new Spans(scratchFor(series.length), series.length);
  spans.seeAll(samples);
  spans.seeAll(deltas.samples);
  for (const rows of [histograms, deltas.histograms, exemplars]) {
    for (const row of rows) {
      spans.see(row.series, row.timestampMs);
    }
  }
  spans.tell(onSpan);
}

/** Of more series the memory is not kept. */
const SERIES_KEPT_MAX = 100_000;
let kept = new Float64Array(0);

/** Three numbers for each series, used again for the next batch. */
function scratchFor(count: number): Float64Array {
  if (kept.length >= 3 * count) {
    return kept;
  }
  const scratch = new Float64Array(3 * count);
  kept = count <= SERIES_KEPT_MAX ? scratch : kept;
  return scratch;
}

/** A series' first week is kept in arrays, for nearly every batch is of one week; others are looked up. */
class Spans {
  readonly #weeks: Float64Array;
  readonly #firsts: Float64Array;
  readonly #lasts: Float64Array;
  readonly #others = new Map<string, { index: number; firstMs: number; lastMs: number }>();

  constructor(memory: Float64Array, count: number) {
    this.#weeks = memory.subarray(0, count).fill(Number.NaN);
    this.#firsts = memory.subarray(count, 2 * count);
    this.#lasts = memory.subarray(2 * count, 3 * count);
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

  seeAll({ count, series, timestampMs }: SampleColumns): void {
    for (let row = 0; row < count; row += 1) {
      this.see(series[row] ?? 0, timestampMs[row] ?? 0);
    }
  }

  tell(onSpan: OnSpan): void {
    for (const { index, firstMs, lastMs } of this.#others.values()) {
      onSpan(index, firstMs, lastMs);
    }
    const count = this.#weeks.length;
    for (let index = 0; index < count; index += 1) {
      if (!Number.isNaN(this.#weeks[index])) {
        onSpan(index, this.#firsts[index] ?? 0, this.#lasts[index] ?? 0);
      }
    }
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

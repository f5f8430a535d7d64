import type { SampleColumns } from '@aegisguard/model';

const CAPACITY_MIN = 16;

/** Grows columns of samples. The bits of values are kept as they were sent: a staleness marker is a NaN among many. */
export class SampleColumnsBuilder implements SampleColumns {
  count = 0;
  series: Uint32Array;
  timestampMs: Float64Array;
  value: Float64Array;
  startMs: Float64Array;
  #valueBits: Uint32Array;

  constructor(capacity = CAPACITY_MIN) {
    const length = Math.max(CAPACITY_MIN, capacity);
    this.series = new Uint32Array(length);
    this.timestampMs = new Float64Array(length);
    this.value = new Float64Array(length);
    this.startMs = new Float64Array(length);
    this.#valueBits = new Uint32Array(this.value.buffer);
  }

  add(series: number, timestampMs: number, value: number, startMs: number): void {
    const at = this.#next(series, timestampMs, startMs);
    this.value[at] = value;
  }

  /** Adds a value by its bits; `low` is the less significant half. */
  addBits(series: number, timestampMs: number, low: number, high: number, startMs: number): void {
    const at = this.#next(series, timestampMs, startMs);
    this.#valueBits[at * 2] = low;
    this.#valueBits[at * 2 + 1] = high;
  }

  #next(series: number, timestampMs: number, startMs: number): number {
    const at = this.count;
    if (at === this.series.length) {
      this.#grow();
    }
    this.count = at + 1;
    this.series[at] = series;
    this.timestampMs[at] = timestampMs;
    this.startMs[at] = startMs;
    return at;
  }

  #grow(): void {
    const length = this.series.length * 2;
    const series = new Uint32Array(length);
    series.set(this.series);
    this.series = series;
    this.timestampMs = grown(this.timestampMs, length);
    this.startMs = grown(this.startMs, length);
    this.value = grown(this.value, length);
    this.#valueBits = new Uint32Array(this.value.buffer);
  }
}

/** Copied between arrays of one type, which keeps the bits. */
function grown(column: Float64Array, length: number): Float64Array {
  const result = new Float64Array(length);
  result.set(column);
  return result;
}

import type { TimesTable } from '../tables-by-times.ts';
import { NO_SAMPLE } from './no-sample.ts';

/** Which float of a series is the newest one of the lookback before each reference time, (reference − lookback, reference]; whether it is a staleness marker is not looked at. */
export class NewestFloats implements TimesTable {
  /** Indexes, or `NO_SAMPLE`. */
  readonly indexes: Int32Array;
  readonly #references: Float64Array;
  readonly #lookbackMs: number;

  constructor(references: Float64Array, lookbackMs: number) {
    this.indexes = new Int32Array(references.length);
    this.#references = references;
    this.#lookbackMs = lookbackMs;
  }

  fill(timesMs: Float64Array): void {
    const indexes = this.indexes;
    const references = this.#references;
    const lookbackMs = this.#lookbackMs;
    let last = NO_SAMPLE;
    for (let point = 0; point < references.length; point += 1) {
      const reference = references[point] ?? 0;
      while (last + 1 < timesMs.length && (timesMs[last + 1] ?? 0) <= reference) {
        last += 1;
      }
      const isNear = last !== NO_SAMPLE && (timesMs[last] ?? 0) > reference - lookbackMs;
      indexes[point] = isNear ? last : NO_SAMPLE;
    }
  }
}

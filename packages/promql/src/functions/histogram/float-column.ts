import type { Labels } from '@aegisguard/model';
import { POINT, type VectorSeries } from '../../evaluate/value.ts';

/** The floats of a result's series, put in point by point. */
export class FloatColumn {
  readonly #kinds: Uint8Array;
  readonly #values: Float64Array;

  constructor(points: number) {
    this.#kinds = new Uint8Array(points);
    this.#values = new Float64Array(points);
  }

  /** Sets the value at a point. */
  set(point: number, value: number): void {
    this.#kinds[point] = POINT.float;
    this.#values[point] = value;
  }

  /** The series, which loses the metric's name; undefined when there is no value in it. */
  series(labels: Labels): VectorSeries | undefined {
    return this.#kinds.includes(POINT.float)
      ? { labels, dropsName: true, kinds: this.#kinds, values: this.#values, histograms: undefined }
      : undefined;
  }
}

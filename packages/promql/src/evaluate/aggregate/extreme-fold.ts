import type { Labels } from '@aegisguard/model';
import { POINT, type VectorSeries } from '../value.ts';
import type { GroupFold } from './group-fold.ts';

/** `min` and `max` of floats; NaN only where there is nothing else. */
export class ExtremeFold implements GroupFold {
  readonly #isMax: boolean;
  readonly #onHistogram: () => void;
  readonly #kinds: Uint8Array;
  readonly #values: Float64Array;
  #hasHistogram = false;

  constructor(op: 'min' | 'max', points: number, onHistogram: () => void) {
    this.#isMax = op === 'max';
    this.#onHistogram = onHistogram;
    this.#kinds = new Uint8Array(points);
    this.#values = new Float64Array(points);
  }

  add({ kinds, values, histograms }: VectorSeries): void {
    const [isMax, foundKinds, found] = [this.#isMax, this.#kinds, this.#values];
    for (let point = 0; point < kinds.length; point += 1) {
      if (kinds[point] === POINT.float) {
        const value = values[point] ?? 0;
        const best = found[point] ?? 0;
        if (foundKinds[point] === POINT.absent || Number.isNaN(best) || (isMax ? value > best : value < best)) {
          foundKinds[point] = POINT.float;
          found[point] = value;
        }
      }
    }
    this.#hasHistogram ||= histograms !== undefined && kinds.includes(POINT.histogram);
  }

  result(labels: Labels, dropsName: boolean): VectorSeries {
    if (this.#hasHistogram) {
      this.#onHistogram();
    }
    return { labels, dropsName, kinds: this.#kinds, values: this.#values, histograms: undefined };
  }
}

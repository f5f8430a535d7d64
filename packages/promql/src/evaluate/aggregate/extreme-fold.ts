import type { Labels } from '@aegisguard/model';
import { draftSeries, type SeriesDraft, setPoint } from '../series-draft.ts';
import { POINT, type VectorSeries } from '../value.ts';
import type { GroupFold } from './group-fold.ts';

/** `min` and `max` of floats; NaN only where there is nothing else. */
export class ExtremeFold implements GroupFold {
  readonly #result: SeriesDraft;
  readonly #op: 'min' | 'max';
  readonly #onHistogram: () => void;

  constructor(op: 'min' | 'max', labels: Labels, dropsName: boolean, points: number, onHistogram: () => void) {
    this.#op = op;
    this.#result = draftSeries(labels, dropsName, points);
    this.#onHistogram = onHistogram;
  }

  add({ kinds, values }: VectorSeries): void {
    const result = this.#result;
    for (let point = 0; point < kinds.length; point += 1) {
      if (kinds[point] === POINT.float) {
        const value = values[point] ?? 0;
        if (result.kinds[point] === POINT.absent || isBetter(this.#op, value, result.values[point] ?? 0)) {
          setPoint(result, point, value);
        }
      } else if (kinds[point] === POINT.histogram) {
        this.#onHistogram();
      }
    }
  }

  result(): VectorSeries {
    return this.#result;
  }
}

function isBetter(op: 'min' | 'max', value: number, best: number): boolean {
  return Number.isNaN(best) || (op === 'min' ? value < best : value > best);
}

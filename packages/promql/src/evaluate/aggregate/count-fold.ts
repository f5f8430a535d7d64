import type { Labels } from '@aegisguard/model';
import { POINT, type VectorSeries } from '../value.ts';
import type { GroupFold } from './group-fold.ts';

/** `count` and `group`: how many members there are, or 1 where there are any. */
export class CountFold implements GroupFold {
  readonly #op: 'count' | 'group';
  readonly #kinds: Uint8Array;
  readonly #counts: Float64Array;

  constructor(op: 'count' | 'group', points: number) {
    this.#op = op;
    this.#kinds = new Uint8Array(points);
    this.#counts = new Float64Array(points);
  }

  add({ kinds }: VectorSeries): void {
    const counts = this.#counts;
    for (let point = 0; point < kinds.length; point += 1) {
      if (kinds[point] !== POINT.absent) {
        this.#kinds[point] = POINT.float;
        counts[point] = this.#op === 'group' ? 1 : (counts[point] ?? 0) + 1;
      }
    }
  }

  result(labels: Labels, dropsName: boolean): VectorSeries {
    return { labels, dropsName, kinds: this.#kinds, values: this.#counts, histograms: undefined };
  }
}

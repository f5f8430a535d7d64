import type { Labels } from '@aegisguard/model';
import { draftSeries, type SeriesDraft, setPoint } from '../series-draft.ts';
import { POINT, type VectorSeries } from '../value.ts';
import type { GroupFold } from './group-fold.ts';

/** `count` and `group`: how many members there are, or 1 where there are any. */
export class CountFold implements GroupFold {
  readonly #result: SeriesDraft;
  readonly #op: 'count' | 'group';

  constructor(op: 'count' | 'group', labels: Labels, dropsName: boolean, points: number) {
    this.#op = op;
    this.#result = draftSeries(labels, dropsName, points);
  }

  add({ kinds }: VectorSeries): void {
    const { values } = this.#result;
    for (let point = 0; point < kinds.length; point += 1) {
      if (kinds[point] !== POINT.absent) {
        setPoint(this.#result, point, this.#op === 'group' ? 1 : (values[point] ?? 0) + 1);
      }
    }
  }

  result(): VectorSeries {
    return this.#result;
  }
}

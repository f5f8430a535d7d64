import type { Aggregation } from '../../syntax/ast/aggregation.ts';
import type { Evaluation } from '../evaluation.ts';
import { POINT, type Value, type VectorSeries } from '../value.ts';
import { takesAny } from './check-count.ts';
import { SeriesMask } from './mask-series.ts';
import { RankingHeap } from './ranking-heap.ts';
import type { SeriesGroup } from './series-groups.ts';

/** topk or bottomk. */
export interface RankingAggregation extends Aggregation {
  readonly op: 'topk' | 'bottomk';
}

const BETTER = {
  topk: (a: number, b: number) => a > b,
  bottomk: (a: number, b: number) => a < b,
};

/** topk and bottomk: the elements of each group with the greatest or least floats, the best first; NaN comes last. */
export async function rankSeries(
  { annotations, turns }: Evaluation,
  { op, source }: RankingAggregation,
  groups: readonly SeriesGroup<VectorSeries[]>[],
  counts: Float64Array,
  seriesCount: number,
): Promise<Value> {
  const mask = new SeriesMask();
  if (!takesAny(counts)) {
    return mask.value;
  }
  const onHistogram = (): void => annotations.inform(`ignored histogram in ${op} aggregation`, source);
  for (const { members } of groups) {
    for (let point = 0; point < counts.length; point += 1) {
      const count = Math.min(Math.trunc(counts[point] ?? 0), seriesCount);
      if (count >= 1) {
        for (const series of best(members, point, new RankingHeap(count, BETTER[op]), onHistogram)) {
          mask.keep(series, point);
        }
      }
      if (turns.isOver) {
        await turns.pass();
      }
    }
  }
  return mask.value;
}

function best(
  members: readonly VectorSeries[],
  point: number,
  heap: RankingHeap<VectorSeries>,
  onHistogram: () => void,
): VectorSeries[] {
  for (const series of members) {
    if (series.kinds[point] === POINT.float) {
      heap.offer(series, series.values[point] ?? 0);
    } else if (series.kinds[point] === POINT.histogram) {
      onHistogram();
    }
  }
  return heap.best();
}

import type { Aggregation } from '../../syntax/ast/aggregation.ts';
import type { Evaluation } from '../evaluation.ts';
import type { TurnTaking } from '../turn-taking.ts';
import { POINT, type Value, type VectorSeries } from '../value.ts';
import { takesAny } from './check-count.ts';
import { SeriesMask } from './mask-series.ts';
import { RankingHeap } from './ranking-heap.ts';
import type { SeriesGroup } from './series-groups.ts';

/** topk or bottomk. */
export interface RankingAggregation extends Aggregation {
  readonly op: 'topk' | 'bottomk';
}

/** What is best at a point; undefined where nothing is wanted. */
type PointRanking = RankingHeap<VectorSeries> | undefined;

/** So many points are ranked at a time: those of a series lie together in memory, and what is kept of them is not much. */
const BLOCK_POINTS = 32;

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
  const rankingOf = (count: number): PointRanking =>
    count >= 1 ? new RankingHeap(Math.min(Math.trunc(count), seriesCount), BETTER[op]) : undefined;
  for (const { members } of groups) {
    for (let from = 0; from < counts.length; from += BLOCK_POINTS) {
      const rankings = Array.from(counts.subarray(from, from + BLOCK_POINTS), rankingOf);
      await rankBlock(members, from, rankings, onHistogram, turns);
      for (const [index, ranking] of rankings.entries()) {
        for (const series of ranking?.best() ?? []) {
          mask.keep(series, from + index);
        }
      }
    }
  }
  return mask.value;
}

/** Ranks the members of a group at the points from `from` on. */
async function rankBlock(
  members: readonly VectorSeries[],
  from: number,
  rankings: readonly PointRanking[],
  onHistogram: () => void,
  turns: TurnTaking,
): Promise<void> {
  for (const series of members) {
    const { kinds, values } = series;
    for (let index = 0; index < rankings.length; index += 1) {
      const ranking = rankings[index];
      const kind = kinds[from + index];
      if (ranking !== undefined && kind === POINT.float) {
        ranking.offer(series, values[from + index] ?? 0);
      } else if (ranking !== undefined && kind === POINT.histogram) {
        onHistogram();
      }
    }
    if (turns.isOverAfter(rankings.length)) {
      await turns.pass();
    }
  }
}

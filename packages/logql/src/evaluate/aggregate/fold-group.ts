import type { VectorOperation } from '../../syntax/ast/vector-aggregation.ts';
import type { Evaluation } from '../evaluation.ts';
import { draftSeries, setPoint, type VectorSeries } from '../value.ts';
import type { SeriesGroup } from './series-groups.ts';

/** The aggregations that make one series of a group. */
export type FoldingOperation = Exclude<VectorOperation, 'topk' | 'bottomk' | 'approx_topk' | 'sort' | 'sort_desc'>;

/** What is known of the members of a group that were looked at; each array has a number per point. */
interface Fold {
  readonly counts: Float64Array;
  readonly values: Float64Array;
  readonly means: Float64Array;
}

/** Takes in the value of the next member at a point; `counts` counts it already. */
type Step = (fold: Fold, point: number, value: number) => void;

const STEPS: Record<FoldingOperation, Step> = {
  sum: ({ values }, point, value) => {
    values[point] = (values[point] ?? 0) + value;
  },
  count: ({ values, counts }, point) => {
    values[point] = counts[point] ?? 0;
  },
  avg: ({ values, means, counts }, point, value) => {
    const [count, mean] = [counts[point] ?? 0, means[point] ?? 0];
    values[point] = (values[point] ?? 0) + value;
    means[point] = mean + (value / count - mean / count);
  },
  min: extreme((value, kept) => value < kept),
  max: extreme((value, kept) => value > kept),
  stddev: deviate,
  stdvar: deviate,
};

/** Anything is better than NaN. */
function extreme(isBetter: (value: number, kept: number) => boolean): Step {
  return ({ values, counts }, point, value) => {
    const kept = values[point] ?? 0;
    if (counts[point] === 1 || isBetter(value, kept) || Number.isNaN(kept)) {
      values[point] = value;
    }
  };
}

/** https://en.wikipedia.org/wiki/Algorithms_for_calculating_variance#Welford's_online_algorithm */
function deviate({ values, means, counts }: Fold, point: number, value: number): void {
  const difference = value - (means[point] ?? 0);
  const mean = (means[point] ?? 0) + difference / (counts[point] ?? 0);
  means[point] = mean;
  values[point] = (values[point] ?? 0) + difference * (value - mean);
}

function resultOf(operation: FoldingOperation, count: number, value: number, mean: number): number {
  switch (operation) {
    case 'avg':
      // The mean of finite values whose sum a double does not hold.
      return Number.isFinite(value) || !Number.isFinite(mean) ? value / count : mean;
    case 'stddev':
      return Math.sqrt(value / count);
    case 'stdvar':
      return value / count;
    default:
      return value;
  }
}

/** One series of all members of a group. */
export async function foldGroup(
  { grid: { points }, cells, turns }: Evaluation,
  operation: FoldingOperation,
  { labels, members }: SeriesGroup,
): Promise<VectorSeries> {
  cells.take(points);
  const step = STEPS[operation];
  const fold = {
    counts: new Float64Array(points),
    values: new Float64Array(points),
    means: new Float64Array(points),
  };
  for (const { present, values } of members) {
    for (let point = 0; point < points; point += 1) {
      if (present[point] === 1) {
        fold.counts[point] = (fold.counts[point] ?? 0) + 1;
        step(fold, point, values[point] ?? 0);
      }
    }
    await turns.pass();
  }
  const series = draftSeries(labels, points);
  for (const [point, count] of fold.counts.entries()) {
    if (count > 0) {
      setPoint(series, point, resultOf(operation, count, fold.values[point] ?? 0, fold.means[point] ?? 0));
    }
  }
  return series;
}

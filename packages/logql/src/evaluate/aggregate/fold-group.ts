import type { VectorOperation } from '../../syntax/ast/vector-aggregation.ts';
import { draftSeries, setPoint, type VectorSeries } from '../value.ts';
import type { SeriesGroup } from './series-groups.ts';

/** The aggregations that make one series of a group. */
export type FoldingOperation = Exclude<VectorOperation, 'topk' | 'bottomk' | 'approx_topk' | 'sort' | 'sort_desc'>;

/** What is known of the members of a group at a point. */
interface Fold {
  count: number;
  value: number;
  mean: number;
}

/** Takes in the next member; `count` counts it already. */
type Step = (fold: Fold, value: number) => void;

const STEPS: Record<FoldingOperation, Step> = {
  sum: (fold, value) => {
    fold.value += value;
  },
  count: (fold) => {
    fold.value = fold.count;
  },
  avg: (fold, value) => {
    fold.value += value;
    fold.mean += value / fold.count - fold.mean / fold.count;
  },
  min: (fold, value) => {
    if (fold.count === 1 || value < fold.value || Number.isNaN(fold.value)) {
      fold.value = value;
    }
  },
  max: (fold, value) => {
    if (fold.count === 1 || value > fold.value || Number.isNaN(fold.value)) {
      fold.value = value;
    }
  },
  stddev: deviate,
  stdvar: deviate,
};

/** https://en.wikipedia.org/wiki/Algorithms_for_calculating_variance#Welford's_online_algorithm */
function deviate(fold: Fold, value: number): void {
  const difference = value - fold.mean;
  fold.mean += difference / fold.count;
  fold.value += difference * (value - fold.mean);
}

function resultOf(operation: FoldingOperation, { count, value, mean }: Fold): number {
  switch (operation) {
    case 'avg':
      return Number.isFinite(value) || Number.isNaN(mean) ? value / count : mean;
    case 'stddev':
      return Math.sqrt(value / count);
    case 'stdvar':
      return value / count;
    default:
      return value;
  }
}

/** One series of all members of a group, point by point. */
export function foldGroup(operation: FoldingOperation, { labels, members }: SeriesGroup, points: number): VectorSeries {
  const step = STEPS[operation];
  const series = draftSeries(labels, points);
  for (let point = 0; point < points; point += 1) {
    const fold = { count: 0, value: 0, mean: 0 };
    for (const { present, values } of members) {
      if (present[point] === 1) {
        fold.count += 1;
        step(fold, values[point] ?? 0);
      }
    }
    if (fold.count > 0) {
      setPoint(series, point, resultOf(operation, fold));
    }
  }
  return series;
}

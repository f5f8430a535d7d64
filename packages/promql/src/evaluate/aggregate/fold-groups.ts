import type { Aggregation, AggregationOperator } from '../../syntax/ast/aggregation.ts';
import type { Evaluation } from '../evaluation.ts';
import { hasPoints } from '../series-draft.ts';
import type { Value, VectorSeries } from '../value.ts';
import { foldCount } from './fold-count.ts';
import { foldDeviation } from './fold-deviation.ts';
import { foldExtreme } from './fold-extreme.ts';
import { foldSum } from './fold-sum.ts';
import type { SeriesGroup } from './group-series.ts';

/** The aggregations that look at one member of a group after the other. */
export interface FoldingAggregation extends Aggregation {
  readonly op: Exclude<
    AggregationOperator,
    'count_values' | 'quantile' | 'topk' | 'bottomk' | 'limitk' | 'limit_ratio'
  >;
}

/** sum, avg, count, group, min, max, stddev and stdvar. */
export async function foldGroups(
  evaluation: Evaluation,
  aggregation: FoldingAggregation,
  groups: readonly SeriesGroup[],
  points: number,
): Promise<Value> {
  const { turns } = evaluation;
  const series: VectorSeries[] = [];
  for (const group of groups) {
    const folded = fold(evaluation, aggregation, group, points);
    if (hasPoints(folded)) {
      series.push(folded);
    }
    if (turns.isOver) {
      await turns.pass();
    }
  }
  return { type: 'vector', series };
}

function fold(
  { annotations }: Evaluation,
  { op, expression }: FoldingAggregation,
  group: SeriesGroup,
  points: number,
): VectorSeries {
  switch (op) {
    case 'sum':
    case 'avg':
      return foldSum(op, group, points, annotations, expression.source);
    case 'count':
    case 'group':
      return foldCount(op, group, points);
    case 'min':
    case 'max':
      return foldExtreme(op, group, points, () => ignoredHistogram(op));
    case 'stddev':
    case 'stdvar':
      return foldDeviation(op, group, points, () => ignoredHistogram(op));
  }
  function ignoredHistogram(name: string): void {
    annotations.inform(`ignored histogram in ${name} aggregation`, expression.source);
  }
}

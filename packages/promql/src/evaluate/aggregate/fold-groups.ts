import type { Aggregation, AggregationOperator } from '../../syntax/ast/aggregation.ts';
import type { Evaluation } from '../evaluation.ts';
import { hasPoints } from '../series-draft.ts';
import type { Value, VectorSeries } from '../value.ts';
import { CountFold } from './count-fold.ts';
import { DeviationFold } from './deviation-fold.ts';
import { ExtremeFold } from './extreme-fold.ts';
import type { GroupFold } from './group-fold.ts';
import { dropsName, type SeriesGroup } from './group-series.ts';
import { SumFold } from './sum-fold.ts';

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
    const fold = foldOf(evaluation, aggregation, group, points);
    for (const member of group.members) {
      fold.add(member);
      if (turns.isOver) {
        await turns.pass();
      }
    }
    series.push(fold.result());
  }
  return { type: 'vector', series: series.filter(hasPoints) };
}

function foldOf(
  { annotations }: Evaluation,
  { op, expression }: FoldingAggregation,
  group: SeriesGroup,
  points: number,
): GroupFold {
  const { labels } = group;
  const isNameless = dropsName(group);
  const onHistogram = (): void => annotations.inform(`ignored histogram in ${op} aggregation`, expression.source);
  switch (op) {
    case 'sum':
    case 'avg':
      return new SumFold(op, labels, isNameless, points, annotations, expression.source);
    case 'count':
    case 'group':
      return new CountFold(op, labels, isNameless, points);
    case 'min':
    case 'max':
      return new ExtremeFold(op, labels, isNameless, points, onHistogram);
    case 'stddev':
    case 'stdvar':
      return new DeviationFold(op, labels, isNameless, points, onHistogram);
  }
}

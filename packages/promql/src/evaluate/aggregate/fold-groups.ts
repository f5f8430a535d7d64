import type { Aggregation, AggregationOperator } from '../../syntax/ast/aggregation.ts';
import type { Evaluation } from '../evaluation.ts';
import { hasPoints } from '../series-draft.ts';
import { ReusedColumns, type SeriesSink } from '../series-sink.ts';
import type { Value, VectorSeries } from '../value.ts';
import { CountFold } from './count-fold.ts';
import { DeviationFold } from './deviation-fold.ts';
import { ExtremeFold } from './extreme-fold.ts';
import type { GroupFold } from './group-fold.ts';
import { SeriesGroups } from './series-groups.ts';
import { SumFold } from './sum-fold.ts';

/** The aggregations that look at one member of a group after the other. */
export interface FoldingAggregation extends Aggregation {
  readonly op: Exclude<
    AggregationOperator,
    'count_values' | 'quantile' | 'topk' | 'bottomk' | 'limitk' | 'limit_ratio'
  >;
}

/** sum, avg, count, group, min, max, stddev and stdvar: each series is added to its group as soon as it is made. */
export async function foldGroups(
  evaluation: Evaluation,
  aggregation: FoldingAggregation,
  pointsMs: Float64Array,
): Promise<Value> {
  const { turns } = evaluation;
  const groups = new SeriesGroups(aggregation, () => foldOf(evaluation, aggregation, pointsMs.length));
  const columns = new ReusedColumns(pointsMs.length);
  const sink: SeriesSink = {
    draft: (labels, dropsName) => columns.draft(labels, dropsName),
    add: (series) => groups.of(series).add(series),
  };
  await evaluation.giveSeries(aggregation.expression, pointsMs, sink);
  const series: VectorSeries[] = [];
  for (const { labels, dropsName, members } of groups.all) {
    series.push(members.result(labels, dropsName));
    if (turns.isOver) {
      await turns.pass();
    }
  }
  return { type: 'vector', series: series.filter(hasPoints) };
}

function foldOf({ annotations }: Evaluation, { op, expression }: FoldingAggregation, points: number): GroupFold {
  const onHistogram = (): void => annotations.inform(`ignored histogram in ${op} aggregation`, expression.source);
  switch (op) {
    case 'sum':
    case 'avg':
      return new SumFold(op, points, annotations, expression.source);
    case 'count':
    case 'group':
      return new CountFold(op, points);
    case 'min':
    case 'max':
      return new ExtremeFold(op, points, onHistogram);
    case 'stddev':
    case 'stdvar':
      return new DeviationFold(op, points, onHistogram);
  }
}

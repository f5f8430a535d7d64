// https://prometheus.io/docs/prometheus/latest/querying/operators/#aggregation-operators
import type { Aggregation } from '../../syntax/ast/aggregation.ts';
import type { Evaluation } from '../evaluation.ts';
import type { Value } from '../value.ts';
import { countValues } from './count-values.ts';
import { foldGroups } from './fold-groups.ts';
import { groupSeries } from './group-series.ts';
import { limitRatio } from './limit-ratio.ts';
import { limitSeries } from './limit-series.ts';
import { aggregateQuantile } from './quantile.ts';
import { rankSeries } from './rank-series.ts';

/** An aggregation of a vector. */
export async function evaluateAggregation(
  evaluation: Evaluation,
  aggregation: Aggregation,
  pointsMs: Float64Array,
): Promise<Value> {
  const { op, parameter } = aggregation;
  const argument = parameter && (await evaluation.evaluate(parameter, pointsMs));
  const value = await evaluation.evaluate(aggregation.expression, pointsMs);
  if (value.type !== 'vector') {
    throw new Error(`${op} of a ${value.type}`);
  }
  const scalar = argument?.type === 'scalar' ? argument.values : new Float64Array(pointsMs.length);
  const groups = () => groupSeries(aggregation, value.series);
  const { annotations } = evaluation;
  switch (op) {
    case 'count_values':
      return countValues(aggregation, argument?.type === 'string' ? argument.text : '', value.series, pointsMs.length);
    case 'quantile':
      return aggregateQuantile(aggregation, groups(), scalar, annotations);
    case 'topk':
    case 'bottomk':
      return rankSeries({ ...aggregation, op }, groups(), scalar, value.series.length, annotations);
    case 'limitk':
      return limitSeries(groups(), scalar);
    case 'limit_ratio':
      return limitRatio(aggregation, value.series, scalar, annotations);
    default:
      return foldGroups(evaluation, { ...aggregation, op }, groups(), pointsMs.length);
  }
}

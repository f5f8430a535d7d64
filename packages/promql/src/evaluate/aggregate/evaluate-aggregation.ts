// https://prometheus.io/docs/prometheus/latest/querying/operators/#aggregation-operators
import type { Aggregation } from '../../syntax/ast/aggregation.ts';
import { withoutParentheses } from '../../syntax/without-parentheses.ts';
import type { Evaluation } from '../evaluation.ts';
import type { Value } from '../value.ts';
import { countValues } from './count-values.ts';
import { foldGroups } from './fold-groups.ts';
import { limitRatio } from './limit-ratio.ts';
import { limitSeries } from './limit-series.ts';
import { aggregateQuantile } from './quantile.ts';
import { rankSeries } from './rank-series.ts';
import { groupSeries } from './series-groups.ts';

/** An aggregation of a vector. What is told of its operands is told of what stands in the parentheses around them. */
export async function evaluateAggregation(
  evaluation: Evaluation,
  written: Aggregation,
  pointsMs: Float64Array,
): Promise<Value> {
  const { op } = written;
  const expression = withoutParentheses(written.expression);
  const parameter = written.parameter && withoutParentheses(written.parameter);
  const aggregation = { ...written, expression, parameter };
  const argument = parameter && (await evaluation.evaluate(parameter, pointsMs));
  if (
    op !== 'count_values' &&
    op !== 'quantile' &&
    op !== 'topk' &&
    op !== 'bottomk' &&
    op !== 'limitk' &&
    op !== 'limit_ratio'
  ) {
    return foldGroups(evaluation, { ...aggregation, op }, pointsMs);
  }
  const value = await evaluation.evaluate(expression, pointsMs);
  if (value.type !== 'vector') {
    throw new Error(`${op} of a ${value.type}`);
  }
  const scalar = argument?.type === 'scalar' ? argument.values : new Float64Array(pointsMs.length);
  const groups = () => groupSeries(aggregation, value.series);
  switch (op) {
    case 'count_values': {
      const label = argument?.type === 'string' ? argument.text : '';
      return countValues(evaluation, aggregation, label, value.series, pointsMs.length);
    }
    case 'quantile':
      return aggregateQuantile(evaluation, aggregation, groups(), scalar);
    case 'topk':
    case 'bottomk':
      return rankSeries(evaluation, { ...aggregation, op }, groups(), scalar, value.series.length);
    case 'limitk':
      return limitSeries(groups(), scalar);
    case 'limit_ratio':
      return limitRatio(evaluation, aggregation, value.series, scalar);
  }
}

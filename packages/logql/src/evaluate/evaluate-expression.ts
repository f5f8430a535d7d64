import type { MetricExpression } from '../syntax/ast/metric-expression.ts';
import type { RangeOperation } from '../syntax/ast/range-aggregation.ts';
import type { VectorAggregation } from '../syntax/ast/vector-aggregation.ts';
import { aggregateVector } from './aggregate/aggregate-vector.ts';
import { evaluateBinary } from './binary/evaluate-binary.ts';
import type { Evaluation } from './evaluation.ts';
import { evaluateRange } from './range/evaluate-range.ts';
import { replaceLabel } from './replace-label.ts';
import { draftSeries, type Value, type VectorSeries } from './value.ts';

/** Whose results can be added up in any order: a sum over one of them groups logs at once. */
const ADDITIVE: ReadonlySet<RangeOperation> = new Set([
  'count_over_time',
  'rate',
  'bytes_over_time',
  'bytes_rate',
  'sum_over_time',
]);

/** An expression at every point of the grid. */
export async function evaluateExpression(evaluation: Evaluation, expression: MetricExpression): Promise<Value> {
  switch (expression.kind) {
    case 'number':
      return { type: 'scalar', value: expression.value };
    case 'vector': {
      const series = draftSeries([], evaluation.grid.points);
      series.present.fill(1);
      series.values.fill(expression.value);
      return { type: 'vector', series: [series] };
    }
    case 'range-aggregation':
      return { type: 'vector', series: await evaluateRange(evaluation, expression) };
    case 'vector-aggregation': {
      const operand = await aggregated(evaluation, expression);
      return { type: 'vector', series: await aggregateVector(evaluation, expression, operand) };
    }
    case 'label-replace': {
      const operand = await evaluation.evaluate(expression.operand);
      return operand.type === 'scalar' ? operand : { type: 'vector', series: replaceLabel(expression, operand.series) };
    }
    case 'binary-operation':
      return await evaluateBinary(evaluation, expression);
  }
}

/** What is aggregated. */
async function aggregated(
  evaluation: Evaluation,
  { operation, grouping, operand }: VectorAggregation,
): Promise<readonly VectorSeries[]> {
  if (operation === 'sum' && operand.kind === 'range-aggregation' && ADDITIVE.has(operand.operation)) {
    return await evaluateRange(evaluation, operand, grouping ?? { kind: 'by', labels: [] });
  }
  const value = await evaluation.evaluate(operand);
  return value.type === 'vector' ? value.series : [];
}

import { negateHistogram } from '../histograms/scale-histogram.ts';
import type { UnaryOperation } from '../syntax/ast/unary-operation.ts';
import type { Evaluation } from './evaluation.ts';
import type { Value, VectorSeries } from './value.ts';

/** `-x` and `+x`. */
export async function evaluateUnary(
  evaluation: Evaluation,
  { op, expression }: UnaryOperation,
  pointsMs: Float64Array,
): Promise<Value> {
  const value = await evaluation.evaluate(expression, pointsMs);
  if (op === '+') {
    return value;
  }
  if (value.type === 'scalar') {
    return { type: 'scalar', values: negate(value.values) };
  }
  if (value.type === 'vector') {
    return { type: 'vector', series: value.series.map(negateSeries) };
  }
  throw new Error(`unary minus of a ${value.type}`);
}

function negateSeries(series: VectorSeries): VectorSeries {
  return {
    ...series,
    dropsName: true,
    values: negate(series.values),
    histograms: series.histograms?.map((histogram) => histogram && negateHistogram(histogram)),
  };
}

function negate(values: Float64Array): Float64Array {
  return values.map((value) => -value);
}

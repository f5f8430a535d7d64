import type { Expression } from '../syntax/ast/expression.ts';
import { evaluateAggregation } from './aggregate/evaluate-aggregation.ts';
import { evaluateBinary } from './binary/evaluate-binary.ts';
import { evaluateCall } from './call/evaluate-call.ts';
import { countSamples } from './count-samples.ts';
import { evaluateUnary } from './evaluate-unary.ts';
import type { Evaluation } from './evaluation.ts';
import { repeatValue } from './repeat-value.ts';
import { selectInstant } from './select/select-instant.ts';
import { selectRange } from './select/select-range.ts';
import { selectSubquery } from './select/select-subquery.ts';
import { SeriesCollector, type SeriesSink, type VectorStream } from './series-sink.ts';
import { isStepInvariant } from './step-invariance.ts';
import type { Value } from './value.ts';

/** An expression at the points of a grid. What is the same at all of them is evaluated at the first one. */
export async function evaluateExpression(
  evaluation: Evaluation,
  expression: Expression,
  pointsMs: Float64Array,
): Promise<Value> {
  const collector = new SeriesCollector(pointsMs.length);
  const value = await evaluateInto(evaluation, expression, pointsMs, collector);
  return value ?? { type: 'vector', series: collector.series };
}

/** The series of a vector. Those of selectors and of functions of windows, of which there may be many, are given as they are made. */
export async function giveSeries(
  evaluation: Evaluation,
  expression: Expression,
  pointsMs: Float64Array,
  sink: SeriesSink,
): Promise<void> {
  const { turns } = evaluation;
  const value = await evaluateInto(evaluation, expression, pointsMs, sink);
  if (value === undefined) {
    return;
  }
  if (value.type !== 'vector') {
    throw new Error(`a ${value.type} has no series`);
  }
  for (const series of value.series) {
    sink.add(series);
    if (turns.isOver) {
      await turns.pass();
    }
  }
}

/** The value; undefined when it was given to the sink. What it counts for is held. */
async function evaluateInto(
  evaluation: Evaluation,
  expression: Expression,
  pointsMs: Float64Array,
  sink: SeriesSink,
): Promise<Value | undefined> {
  const { samples, turns } = evaluation;
  if (turns.isOver) {
    await turns.pass();
  }
  const { held, total } = samples;
  const isRepeated = pointsMs.length > 1 && isStepInvariant(expression);
  const value = isRepeated
    ? repeatValue(await evaluateExpression(evaluation, expression, pointsMs.subarray(0, 1)), pointsMs.length)
    : await evaluateNode(evaluation, expression, pointsMs);
  if (isRepeated && value.type !== 'matrix') {
    samples.releaseTo(held);
    samples.see((samples.total - total) * (pointsMs.length - 1));
  }
  if (value.type !== 'matrix') {
    const size = value.type === 'stream' ? await value.give(sink) : countSamples(value);
    samples.hold(size);
    samples.releaseTo(held + size);
  }
  return value.type === 'stream' ? undefined : value;
}

function evaluateNode(
  evaluation: Evaluation,
  expression: Expression,
  pointsMs: Float64Array,
): Promise<Value | VectorStream> {
  switch (expression.kind) {
    case 'number':
      return Promise.resolve({ type: 'scalar', values: new Float64Array(pointsMs.length).fill(expression.value) });
    case 'string':
      return Promise.resolve({ type: 'string', text: expression.value });
    case 'parentheses':
      return evaluation.evaluate(expression.expression, pointsMs);
    case 'vector-selector':
      return selectInstant(evaluation, expression, pointsMs);
    case 'matrix-selector':
      return selectRange(evaluation, expression, pointsMs);
    case 'subquery':
      return selectSubquery(evaluation, expression, pointsMs);
    case 'unary':
      return evaluateUnary(evaluation, expression, pointsMs);
    case 'binary':
      return evaluateBinary(evaluation, expression, pointsMs);
    case 'aggregation':
      return evaluateAggregation(evaluation, expression, pointsMs);
    case 'call':
      return evaluateCall(evaluation, expression, pointsMs);
  }
}

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
import { isStepInvariant } from './step-invariance.ts';
import type { Value } from './value.ts';

/** An expression at the points of a grid. What is the same at all of them is evaluated at the first one. */
export async function evaluateExpression(
  evaluation: Evaluation,
  expression: Expression,
  pointsMs: Float64Array,
): Promise<Value> {
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
    const size = countSamples(value);
    samples.hold(size);
    samples.releaseTo(held + size);
  }
  return value;
}

function evaluateNode(evaluation: Evaluation, expression: Expression, pointsMs: Float64Array): Promise<Value> {
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

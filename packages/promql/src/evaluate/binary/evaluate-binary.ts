import type { BinaryOperation } from '../../syntax/ast/binary-operation.ts';
import type { Evaluation } from '../evaluation.ts';
import type { Value } from '../value.ts';
import { combineScalars } from './combine-scalars.ts';
import { combineSets } from './combine-sets.ts';
import { combineVectors } from './combine-vectors.ts';
import { combineWithScalar } from './combine-with-scalar.ts';

/** A binary operation: https://prometheus.io/docs/prometheus/latest/querying/operators/#binary-operators */
export async function evaluateBinary(
  evaluation: Evaluation,
  operation: BinaryOperation,
  pointsMs: Float64Array,
): Promise<Value> {
  const left = await evaluation.evaluate(operation.left, pointsMs);
  const right = await evaluation.evaluate(operation.right, pointsMs);
  if (left.type === 'scalar' && right.type === 'scalar') {
    return { type: 'scalar', values: combineScalars(operation.op, left.values, right.values) };
  }
  if (left.type === 'vector' && right.type === 'scalar') {
    return combineWithScalar(evaluation, operation, left.series, right.values, 'right');
  }
  if (left.type === 'scalar' && right.type === 'vector') {
    return combineWithScalar(evaluation, operation, right.series, left.values, 'left');
  }
  if (left.type !== 'vector' || right.type !== 'vector' || operation.matching === undefined) {
    throw new Error(`a binary operation of a ${left.type} and a ${right.type}`);
  }
  const { op, matching } = operation;
  if (op === 'and' || op === 'or' || op === 'unless') {
    return combineSets(op, matching, left.series, right.series, pointsMs.length);
  }
  return combineVectors(evaluation, { ...operation, matching }, left.series, right.series, pointsMs.length);
}

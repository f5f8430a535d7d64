import type { BinaryOperation } from '../../syntax/ast/binary-operation.ts';
import type { Evaluation } from '../evaluation.ts';
import { evaluationError } from '../evaluation-error.ts';
import { draftSeries, hasPoints, setPoint, type Value, type VectorSeries } from '../value.ts';
import { combineSets } from './combine-sets.ts';
import { combineVectors } from './combine-vectors.ts';
import { ALL_LABELS } from './match-signature.ts';
import { combineOf } from './operators.ts';

/** A binary operation, of any two kinds of operands. */
export async function evaluateBinary(evaluation: Evaluation, operation: BinaryOperation): Promise<Value> {
  const left = await evaluation.evaluate(operation.left);
  const right = await evaluation.evaluate(operation.right);
  const { op, matching = ALL_LABELS } = operation;
  if (op === 'and' || op === 'or' || op === 'unless') {
    if (left.type === 'scalar' || right.type === 'scalar') {
      throw evaluationError(`a number is no operand of ${op}`);
    }
    return { type: 'vector', series: await combineSets(evaluation, op, matching, left.series, right.series) };
  }
  if (left.type === 'vector' && right.type === 'vector') {
    return { type: 'vector', series: await combineVectors(evaluation, operation, matching, left.series, right.series) };
  }
  return await combineWithScalar(evaluation, operation, left, right);
}

async function combineWithScalar(
  evaluation: Evaluation,
  { op, isBool }: BinaryOperation,
  left: Value,
  right: Value,
): Promise<Value> {
  if (left.type === 'scalar') {
    const { value } = left;
    if (right.type === 'scalar') {
      // A comparison of two numbers answers 0 or 1.
      return { type: 'scalar', value: combineOf(op, true)(value, right.value, value) ?? 0 };
    }
    const combine = combineOf(op, isBool);
    return {
      type: 'vector',
      series: await mapped(evaluation, right.series, (element) => combine(value, element, element)),
    };
  }
  const combine = combineOf(op, isBool);
  const value = right.type === 'scalar' ? right.value : Number.NaN;
  return {
    type: 'vector',
    series: await mapped(evaluation, left.series, (element) => combine(element, value, element)),
  };
}

async function mapped(
  { cells, turns }: Evaluation,
  vector: readonly VectorSeries[],
  change: (element: number) => number | undefined,
): Promise<readonly VectorSeries[]> {
  const results: VectorSeries[] = [];
  for (const { labels, present, values } of vector) {
    cells.take(present.length);
    const series = draftSeries(labels, present.length);
    for (let point = 0; point < present.length; point += 1) {
      const value = present[point] === 1 ? change(values[point] ?? 0) : undefined;
      if (value !== undefined) {
        setPoint(series, point, value);
      }
    }
    if (hasPoints(series)) {
      results.push(series);
    }
    await turns.pass();
  }
  return results;
}

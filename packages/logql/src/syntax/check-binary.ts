import { invalidQuery } from '@aegisguard/model';
import type { BinaryOperation, BinaryOperator } from './ast/binary-operation.ts';
import { isScalar } from './is-scalar.ts';

const SET_OPERATORS: ReadonlySet<BinaryOperator> = new Set(['and', 'or', 'unless']);
/** Behind the point, as Go prints numbers. */
const DIGITS = 6;
const COMPARISONS: ReadonlySet<BinaryOperator> = new Set(['==', '!=', '<', '<=', '>', '>=']);

/** Throws `invalid-query` at the operator's position where it and its sides do not belong together. */
export function checkBinary({ op, left, right }: BinaryOperation, position: number): void {
  if (!SET_OPERATORS.has(op)) {
    return;
  }
  for (const [side, operand] of [
    ['left', left],
    ['right', right],
  ] as const) {
    if (isScalar(operand)) {
      const value = operand.kind === 'number' ? `: ${operand.value.toFixed(DIGITS)}` : '';
      throw invalidQuery(
        position,
        `unexpected literal for ${side} leg of logical/set binary operation (${op})${value}`,
      );
    }
  }
}

/** Leaves out what Loki accepts and what says nothing: `bool` of what is no comparison, groups of set operators, and how series are matched where a side has none. */
export function settleBinary(operation: BinaryOperation): BinaryOperation {
  const { matching, ...rest } = operation;
  const settled = { ...rest, isBool: rest.isBool && COMPARISONS.has(rest.op) };
  if (matching === undefined || isScalar(operation.left) || isScalar(operation.right)) {
    return settled;
  }
  const isSet = SET_OPERATORS.has(rest.op);
  return { ...settled, matching: isSet ? { ...matching, card: 'one-to-one', include: [] } : matching };
}

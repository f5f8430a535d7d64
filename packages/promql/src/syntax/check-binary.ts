import { invalidQuery } from '@aegisguard/model';
import type { BinaryOperation, BinaryOperator, VectorMatching } from './ast/binary-operation.ts';
import type { Expression, ValueType } from './ast/expression.ts';
import { typeOf } from './type-of.ts';

const COMPARISONS: ReadonlySet<BinaryOperator> = new Set(['==', '!=', '<=', '<', '>=', '>']);
const SET_OPERATORS: ReadonlySet<BinaryOperator> = new Set(['and', 'or', 'unless']);

function checkOperand(operand: Expression, type: ValueType): void {
  if (type !== 'scalar' && type !== 'vector') {
    throw invalidQuery(operand.source.from, 'binary expression must contain only scalar and instant vector types');
  }
}

function isFilling({ fillLeft, fillRight }: VectorMatching): boolean {
  return fillLeft !== undefined || fillRight !== undefined;
}

/** Of a vector and a scalar, or of two scalars: nothing is matched. */
function checkUnmatched(op: BinaryOperator, matching: VectorMatching, from: number): void {
  if (matching.labels.length > 0) {
    throw invalidQuery(from, 'vector matching only allowed between instant vectors');
  }
  if (isFilling(matching)) {
    throw invalidQuery(from, 'filling in missing series only allowed between instant vectors');
  }
  if (SET_OPERATORS.has(op)) {
    throw invalidQuery(from, `set operator "${op}" not allowed in binary scalar expression`);
  }
}

/** The matching of two vectors; a set operator matches many to many. */
function checkMatched(op: BinaryOperator, matching: VectorMatching, from: number): VectorMatching {
  if (!SET_OPERATORS.has(op)) {
    return matching;
  }
  if (matching.cardinality !== 'one-to-one' && matching.cardinality !== 'many-to-many') {
    throw invalidQuery(from, `no grouping allowed for "${op}" operation`);
  }
  if (isFilling(matching)) {
    throw invalidQuery(from, 'filling in missing series not allowed for set operators');
  }
  return { ...matching, cardinality: 'many-to-many' };
}

/** Checks an operation whose matching is as written, and settles the matching. Throws `invalid-query` in Prometheus's words; `position` is the operator's. */
export function checkBinary(operation: BinaryOperation, position: number): BinaryOperation {
  const { op, left, right, isBool, matching, source } = operation;
  const [leftType, rightType] = [typeOf(left), typeOf(right)];
  if (isBool && !COMPARISONS.has(op)) {
    throw invalidQuery(position, 'bool modifier can only be used on comparison operators');
  }
  if (COMPARISONS.has(op) && !isBool && leftType === 'scalar' && rightType === 'scalar') {
    throw invalidQuery(position, 'comparisons between scalars must use BOOL modifier');
  }
  const twice = matching?.isOn === true ? matching.labels.find((label) => matching.include.includes(label)) : undefined;
  if (twice !== undefined) {
    throw invalidQuery(position, `label "${twice}" must not occur in ON and GROUP clause at once`);
  }
  checkOperand(left, leftType);
  checkOperand(right, rightType);
  if (matching === undefined) {
    return operation;
  }
  if (leftType === 'vector' && rightType === 'vector') {
    return { ...operation, matching: checkMatched(op, matching, source.from) };
  }
  checkUnmatched(op, matching, source.from);
  return { ...operation, matching: undefined };
}

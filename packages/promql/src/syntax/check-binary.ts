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

function checkMatched(op: BinaryOperator, matching: VectorMatching, from: number): void {
  if (!SET_OPERATORS.has(op)) {
    return;
  }
  if (matching.cardinality !== 'one-to-one' && matching.cardinality !== 'many-to-many') {
    throw invalidQuery(from, `no grouping allowed for "${op}" operation`);
  }
  if (isFilling(matching)) {
    throw invalidQuery(from, 'filling in missing series not allowed for set operators');
  }
}

function isOfVectors({ left, right }: Pick<BinaryOperation, 'left' | 'right'>): boolean {
  return typeOf(left) === 'vector' && typeOf(right) === 'vector';
}

/** What is kept of the matching that was written: none unless both sides are vectors; set operators match many to many. */
export function settleMatching(
  operation: Pick<BinaryOperation, 'op' | 'left' | 'right'>,
  written: VectorMatching,
): VectorMatching | undefined {
  if (!isOfVectors(operation)) {
    return undefined;
  }
  const isSet = SET_OPERATORS.has(operation.op) && written.cardinality === 'one-to-one';
  return isSet ? { ...written, cardinality: 'many-to-many' } : written;
}

/** What the tree does not keep of a binary operation, for the errors about it. */
export interface WrittenOperator {
  /** The operator's. */
  readonly position: number;
  readonly matching: VectorMatching;
}

/** Throws `invalid-query` in Prometheus's words where the operator, its modifiers and its sides do not belong together. */
export function checkBinary(operation: BinaryOperation, { position, matching }: WrittenOperator): void {
  const { op, left, right, isBool, source } = operation;
  const [leftType, rightType] = [typeOf(left), typeOf(right)];
  if (isBool && !COMPARISONS.has(op)) {
    throw invalidQuery(position, 'bool modifier can only be used on comparison operators');
  }
  if (COMPARISONS.has(op) && !isBool && leftType === 'scalar' && rightType === 'scalar') {
    throw invalidQuery(position, 'comparisons between scalars must use BOOL modifier');
  }
  const twice = matching.isOn ? matching.labels.find((label) => matching.include.includes(label)) : undefined;
  if (twice !== undefined) {
    throw invalidQuery(position, `label "${twice}" must not occur in ON and GROUP clause at once`);
  }
  checkOperand(left, leftType);
  checkOperand(right, rightType);
  if (isOfVectors(operation)) {
    checkMatched(op, matching, source.from);
  } else {
    checkUnmatched(op, matching, source.from);
  }
}

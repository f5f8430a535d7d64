// https://prometheus.io/docs/prometheus/latest/querying/operators/#binary-operators; powers as Go's math.Pow gives them.
import type { BinaryOperator } from '../../syntax/ast/binary-operation.ts';

/** What an operator gives for two floats. */
export type FloatOperator = (left: number, right: number) => number;

/** Whether a comparison holds. */
export type FloatComparison = (left: number, right: number) => boolean;

/** JavaScript's power differs from Go's where the base is 1 or −1. */
function power(base: number, exponent: number): number {
  const isOne = base === 1 || (base === -1 && Math.abs(exponent) === Number.POSITIVE_INFINITY);
  return isOne ? 1 : base ** exponent;
}

const ARITHMETIC: Partial<Record<BinaryOperator, FloatOperator>> = {
  '+': (left, right) => left + right,
  '-': (left, right) => left - right,
  '*': (left, right) => left * right,
  '/': (left, right) => left / right,
  '%': (left, right) => left % right,
  '^': power,
  atan2: Math.atan2,
};

const COMPARISONS: Partial<Record<BinaryOperator, FloatComparison>> = {
  '==': (left, right) => left === right,
  '!=': (left, right) => left !== right,
  '<': (left, right) => left < right,
  '<=': (left, right) => left <= right,
  '>': (left, right) => left > right,
  '>=': (left, right) => left >= right,
};

/** The function of an arithmetic operator; undefined for others. */
export function arithmeticOf(op: BinaryOperator): FloatOperator | undefined {
  return ARITHMETIC[op];
}

/** The function of a comparison; undefined for other operators. */
export function comparisonOf(op: BinaryOperator): FloatComparison | undefined {
  return COMPARISONS[op];
}

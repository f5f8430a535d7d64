import type { BinaryOperator } from '../../syntax/ast/binary-operation.ts';

/** What an arithmetic operator gives for two numbers. */
type Arithmetic = (left: number, right: number) => number;

/** Whether a comparison holds. */
type Comparison = (left: number, right: number) => boolean;

/** JavaScript's power differs from Go's where the base is 1 or −1. */
function power(base: number, exponent: number): number {
  const isOne = base === 1 || (base === -1 && Math.abs(exponent) === Number.POSITIVE_INFINITY);
  return isOne ? 1 : base ** exponent;
}

/** Division by zero has no result, whatever is divided; Prometheus's is infinite. */
const ARITHMETIC: Partial<Record<BinaryOperator, Arithmetic>> = {
  '+': (left, right) => left + right,
  '-': (left, right) => left - right,
  '*': (left, right) => left * right,
  '/': (left, right) => (right === 0 ? Number.NaN : left / right),
  '%': (left, right) => (right === 0 ? Number.NaN : left % right),
  '^': power,
};

const COMPARISONS: Partial<Record<BinaryOperator, Comparison>> = {
  '==': (left, right) => left === right,
  '!=': (left, right) => left !== right,
  '<': (left, right) => left < right,
  '<=': (left, right) => left <= right,
  '>': (left, right) => left > right,
  '>=': (left, right) => left >= right,
};

/** What an operator makes of two numbers, of which `kept` is what a comparison that holds leaves; undefined for nothing. */
export type Combine = (left: number, right: number, kept: number) => number | undefined;

/** The function of an operator that is no set operator. */
export function combineOf(op: BinaryOperator, isBool: boolean): Combine {
  const arithmetic = ARITHMETIC[op];
  if (arithmetic !== undefined) {
    return arithmetic;
  }
  const comparison = COMPARISONS[op];
  if (comparison === undefined) {
    throw new Error(`${op} combines sets`);
  }
  return isBool
    ? (left, right) => Number(comparison(left, right))
    : (left, right, kept) => (comparison(left, right) ? kept : undefined);
}

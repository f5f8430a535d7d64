import type { MetricExpression } from './metric-expression.ts';

/** The operators between metric queries, weakest first; those of a line bind alike, `^` to the right, the others to the left. */
export const BINARY_PRECEDENCE = [
  ['or'],
  ['and', 'unless'],
  ['==', '!=', '<', '<=', '>', '>='],
  ['+', '-'],
  ['*', '/', '%'],
  ['^'],
] as const;

/** One of them. */
export type BinaryOperator = (typeof BINARY_PRECEDENCE)[number][number];

/** `on (a) group_left (b)`: how series of both sides find one another. */
export interface VectorMatching {
  readonly kind: 'on' | 'ignoring';
  readonly labels: readonly string[];
  /** `group_left`: many on the left side. */
  readonly card: 'one-to-one' | 'many-to-one' | 'one-to-many';
  /** Labels of the "one" side that the result gets. */
  readonly include: readonly string[];
}

/** `a / on (service) b`. */
export interface BinaryOperation {
  readonly kind: 'binary-operation';
  readonly op: BinaryOperator;
  readonly left: MetricExpression;
  readonly right: MetricExpression;
  /** A comparison that answers 0 or 1 instead of leaving out. */
  readonly isBool: boolean;
  readonly matching?: VectorMatching;
}

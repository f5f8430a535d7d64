import type { Expression } from './expression.ts';
import type { SourceRange } from './source-range.ts';

/** From the weakest to the strongest; operators of one row bind alike. `</` and `>/` cut native histograms. */
export const BINARY_OPERATORS = [
  ['or'],
  ['and', 'unless'],
  ['==', '!=', '<=', '<', '>=', '>', '</', '>/'],
  ['+', '-'],
  ['*', '/', '%', 'atan2'],
  ['^'],
] as const;

/** One of them. */
export type BinaryOperator = (typeof BINARY_OPERATORS)[number][number];

/** Which elements of two vectors belong together: https://prometheus.io/docs/prometheus/latest/querying/operators/#vector-matching */
export interface VectorMatching {
  readonly cardinality: 'one-to-one' | 'many-to-one' | 'one-to-many' | 'many-to-many';
  /** `labels` are those that must be equal; else those that need not be. */
  readonly isOn: boolean;
  readonly labels: readonly string[];
  /** Labels that the one side gives to the result, in `group_left(…)`. */
  readonly include: readonly string[];
  /** What stands for a missing element of each side: `fill`, `fill_left`, `fill_right`. */
  readonly fillLeft: number | undefined;
  readonly fillRight: number | undefined;
}

/** `a + on (job) group_left b`. */
export interface BinaryOperation {
  readonly kind: 'binary';
  readonly op: BinaryOperator;
  readonly left: Expression;
  readonly right: Expression;
  /** A comparison gives 0 or 1 instead of dropping elements. */
  readonly isBool: boolean;
  /** Of two vectors; undefined otherwise. */
  readonly matching: VectorMatching | undefined;
  readonly source: SourceRange;
}

import type { ValueType } from '../syntax/ast/expression.ts';

/** What a function takes and gives: https://prometheus.io/docs/prometheus/latest/querying/functions/ */
export interface FunctionSignature {
  readonly name: string;
  readonly parameters: readonly ValueType[];
  /** How many of the last parameters may be left out; −1: the last may be repeated, or left out. */
  readonly optional: number;
  readonly returns: ValueType;
  readonly isExperimental?: true;
}

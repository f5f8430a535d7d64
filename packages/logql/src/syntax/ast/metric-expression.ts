import type { BinaryOperation } from './binary-operation.ts';
import type { RangeAggregation } from './range-aggregation.ts';
import type { VectorAggregation } from './vector-aggregation.ts';

/** `1.5`. */
interface NumberLiteral {
  readonly kind: 'number';
  readonly value: number;
}

/** `vector(1)`: a series without labels. */
export interface VectorLiteral {
  readonly kind: 'vector';
  readonly value: number;
}

/** `label_replace(expr, "dst", "$1", "src", "(.*)")`. */
export interface LabelReplace {
  readonly kind: 'label-replace';
  readonly operand: MetricExpression;
  readonly destination: string;
  readonly replacement: string;
  readonly source: string;
  readonly expression: string;
}

/** A query that answers with numbers. */
export type MetricExpression =
  | RangeAggregation
  | VectorAggregation
  | BinaryOperation
  | LabelReplace
  | VectorLiteral
  | NumberLiteral;

import type { Aggregation } from './aggregation.ts';
import type { BinaryOperation } from './binary-operation.ts';
import type { FunctionCall } from './function-call.ts';
import type { NumberLiteral, StringLiteral } from './literal.ts';
import type { MatrixSelector } from './matrix-selector.ts';
import type { Parentheses } from './parentheses.ts';
import type { Subquery } from './subquery.ts';
import type { UnaryOperation } from './unary-operation.ts';
import type { VectorSelector } from './vector-selector.ts';

/** A parsed expression. Its nodes are plain data: they can be compared, copied and printed. */
export type Expression =
  | Aggregation
  | BinaryOperation
  | FunctionCall
  | MatrixSelector
  | NumberLiteral
  | Parentheses
  | StringLiteral
  | Subquery
  | UnaryOperation
  | VectorSelector;

/** What an expression evaluates to, in Prometheus's words: https://prometheus.io/docs/prometheus/latest/querying/basics/#expression-language-data-types */
export type ValueType = 'scalar' | 'string' | 'vector' | 'matrix';

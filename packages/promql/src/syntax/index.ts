// The language alone: what the browser needs, without the evaluation.
export type { Aggregation, AggregationOperator } from './ast/aggregation.ts';
export { AGGREGATIONS } from './ast/aggregation.ts';
export type { BinaryOperation, BinaryOperator, VectorMatching } from './ast/binary-operation.ts';
export type { DurationExpression } from './ast/duration-expression.ts';
export type { Expression, ValueType } from './ast/expression.ts';
export type { FunctionCall } from './ast/function-call.ts';
export type { MatrixSelector } from './ast/matrix-selector.ts';
export type { SourceRange } from './ast/source-range.ts';
export type { VectorSelector } from './ast/vector-selector.ts';
export { childrenOf } from './children-of.ts';
export { parseQuery } from './parse-query.ts';
export { formatQuery } from './print/format-query.ts';
export { printQuery } from './print/print-query.ts';

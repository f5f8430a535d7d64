// The language alone: what the browser needs, without the evaluation.
export {
  type AttributeField,
  type BinaryFieldOperation,
  FIELD_PRECEDENCE,
  type Field,
  type FieldExpression,
  type FieldOperator,
  type IntrinsicField,
  type IntrinsicName,
  type NumericValue,
  type StaticExpression,
  type StaticValue,
  type StructureIntrinsic,
  type TextSpan,
  type UnaryFieldOperation,
} from './ast/field-expression.ts';
export type {
  PipelineStage,
  ScalarExpression,
  ScalarFilter,
  SpansetAggregate,
  SpansetExpression,
  SpansetFilter,
  SpansetOperation,
  SpansetPipeline,
  StructuralOperator,
} from './ast/spanset-pipeline.ts';
export type {
  MetricsAggregate,
  MetricsExpression,
  MetricsPipeline,
  MetricsStage,
  QueryHint,
  TraceQuery,
} from './ast/trace-query.ts';
export {
  FIELD_OPERATORS,
  FUNCTIONS,
  type LanguageFunction,
  type LanguageWord,
  SCOPE_WORDS,
  SPANSET_OPERATORS,
  VALUES,
} from './edit/language-words.ts';
export { type QueryToken, type TokenRole, tokenize } from './edit/tokenize.ts';
export { findIntrinsic, INTRINSICS, type Intrinsic, type IntrinsicType, intrinsicOf } from './intrinsics.ts';
export { parseFieldName, parseQuery, QUERY_LENGTH_MAX } from './parse-query.ts';
export { printField, printFields } from './print/print-field.ts';
export { printFieldExpression } from './print/print-field-expression.ts';
export { printQuery } from './print/print-query.ts';
export { printValue } from './print/print-value.ts';
export { quoteText } from './print/quote-text.ts';
export { RegexBudget } from './regex-budget.ts';

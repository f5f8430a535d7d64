// The language alone: what the browser needs, without the evaluation.
export type {
  AttributeField,
  BinaryFieldOperation,
  FieldExpression,
  FieldOperator,
  IntrinsicField,
  StaticExpression,
  StaticValue,
  StructureIntrinsic,
  TextSpan,
  UnaryFieldOperation,
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

import type { Field, FieldExpression, StaticExpression, TextSpan } from './field-expression.ts';

/** `{ … }`; without a condition every span. */
export interface SpansetFilter {
  readonly kind: 'spanset-filter';
  readonly condition?: FieldExpression;
  readonly at: TextSpan;
}

/** Between spansets; a `!` negates, a `&` gives both sides. They bind alike, to the left, and stronger than `&&` and `||`, which bind alike, too. */
export type StructuralOperator =
  | '>'
  | '>>'
  | '<'
  | '<<'
  | '~'
  | '!>'
  | '!>>'
  | '!<'
  | '!<<'
  | '!~'
  | '&>'
  | '&>>'
  | '&<'
  | '&<<'
  | '&~';

/** `{ … } >> { … }`, `{ … } && { … }`. */
export interface SpansetOperation {
  readonly kind: 'spanset-operation';
  readonly op: '&&' | '||' | StructuralOperator;
  readonly left: SpansetExpression;
  readonly right: SpansetExpression;
  readonly at: TextSpan;
}

/** What gives spansets: a filter, an operation, a pipeline in parentheses, or a comparison of numbers of spansets (`count() > 2`, `({ … } | count()) > 1`). */
export type SpansetExpression = SpansetFilter | SpansetOperation | SpansetPipeline | ScalarFilter;

/** `count()`, `avg(duration)`. */
export interface SpansetAggregate {
  readonly kind: 'aggregate';
  readonly name: 'count' | 'avg' | 'min' | 'max' | 'sum';
  /** All but `count` have one. */
  readonly of?: FieldExpression;
  readonly at: TextSpan;
}

/** `avg(duration) * 2`. */
export interface ScalarOperation {
  readonly kind: 'scalar-operation';
  readonly op: '+' | '-' | '*' | '/' | '%' | '^';
  readonly left: ScalarExpression;
  readonly right: ScalarExpression;
  readonly at: TextSpan;
}

/** `({ … } | count())`: a pipeline that ends with a number. */
export interface ScalarPipeline {
  readonly kind: 'scalar-pipeline';
  readonly pipeline: SpansetPipeline;
  readonly result: ScalarExpression;
  readonly at: TextSpan;
}

/** A number of a spanset. */
export type ScalarExpression = SpansetAggregate | ScalarOperation | ScalarPipeline | StaticExpression;

/** `count() > 2`: keeps the spansets of which it is true. */
export interface ScalarFilter {
  readonly kind: 'scalar-filter';
  readonly op: '=' | '!=' | '<' | '<=' | '>' | '>=';
  readonly left: ScalarExpression;
  readonly right: ScalarExpression;
  readonly at: TextSpan;
}

/** `by(resource.service.name)`: a spanset for each value. */
export interface GroupStage {
  readonly kind: 'by';
  readonly of: FieldExpression;
  readonly at: TextSpan;
}

/** `coalesce()`: one spanset of a trace again. */
export interface CoalesceStage {
  readonly kind: 'coalesce';
  readonly at: TextSpan;
}

/** `select(span.http.url, status)`: fields that are told of the spans. */
export interface SelectStage {
  readonly kind: 'select';
  readonly fields: readonly Field[];
  readonly at: TextSpan;
}

/** What stands behind a bar. */
export type PipelineStage = SpansetExpression | GroupStage | CoalesceStage | SelectStage;

/** `{ … } | by(…) | count() > 2`. */
export interface SpansetPipeline {
  readonly kind: 'pipeline';
  /** At least one; the first gives the spansets of a trace. */
  readonly stages: readonly [PipelineStage, ...PipelineStage[]];
  readonly at: TextSpan;
}

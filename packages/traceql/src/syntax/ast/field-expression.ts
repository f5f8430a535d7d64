import type { SpanAttributeScope, SpanIntrinsic, SpanKind, SpanStatus, TraceIntrinsic } from '@aegisguard/model';

/** A stretch of the query, in UTF-16 units: inclusive and exclusive. */
export interface TextSpan {
  readonly from: number;
  readonly to: number;
}

/** What the structure of the whole trace tells of a span. https://grafana.com/docs/tempo/latest/traceql/construct-traceql-queries/ */
export type StructureIntrinsic =
  | 'child-count'
  | 'parent'
  | 'nested-set-left'
  | 'nested-set-right'
  | 'nested-set-parent';

/** `span.http.method`, `.http.method`, `resource."service name"`; `isParent`: of the span above, `parent.span.x`. */
export interface AttributeField {
  readonly kind: 'attribute';
  readonly scope: SpanAttributeScope;
  readonly isParent: boolean;
  readonly name: string;
  readonly at: TextSpan;
}

/** What an intrinsic is called in the tree. */
export type IntrinsicName = SpanIntrinsic | TraceIntrinsic | StructureIntrinsic;

/** `duration`, `span:duration`, `rootName`, `event:name`; `isParent`: of the span above, `parent.duration`. */
export interface IntrinsicField {
  readonly kind: 'intrinsic';
  readonly isParent: boolean;
  readonly name: IntrinsicName;
  readonly at: TextSpan;
}

/** A number as it stands in a query. Whole numbers have 64 bits with a sign, durations too: nanoseconds. */
export type NumericValue =
  | { readonly type: 'int'; readonly value: bigint }
  | { readonly type: 'float'; readonly value: number }
  | { readonly type: 'duration'; readonly value: bigint };

/** A value as it stands in a query. */
export type StaticValue =
  | NumericValue
  | { readonly type: 'string'; readonly value: string }
  | { readonly type: 'boolean'; readonly value: boolean }
  | { readonly type: 'nil' }
  | { readonly type: 'status'; readonly value: SpanStatus }
  | { readonly type: 'kind'; readonly value: SpanKind };

/** A value in an expression. */
export interface StaticExpression {
  readonly kind: 'static';
  readonly value: StaticValue;
  readonly at: TextSpan;
}

/** The operators between fields, weakest first; those of a line bind alike, `^` to the right, the others to the left. As in Tempo `&&` binds no stronger than `||`. */
export const FIELD_PRECEDENCE = [
  ['||', '&&'],
  ['=', '!=', '=~', '!~', '<', '<=', '>', '>='],
  ['+', '-'],
  ['*', '/', '%'],
  ['^'],
] as const;

/** One of them. */
export type FieldOperator = (typeof FIELD_PRECEDENCE)[number][number];

/** `duration > 1s`. */
export interface BinaryFieldOperation {
  readonly kind: 'binary';
  readonly op: FieldOperator;
  readonly left: FieldExpression;
  readonly right: FieldExpression;
  readonly at: TextSpan;
}

/** `!(…)`, `-duration`; it is weaker than `*` and `^`, stronger than the rest. A number with a minus is a value. */
export interface UnaryFieldOperation {
  readonly kind: 'unary';
  readonly op: '!' | '-';
  readonly operand: FieldExpression;
  readonly at: TextSpan;
}

/** What is read of a span. */
export type Field = AttributeField | IntrinsicField;

/** What stands between braces, and what aggregates are over. `x != nil` is a comparison with nil. */
export type FieldExpression =
  | AttributeField
  | IntrinsicField
  | StaticExpression
  | BinaryFieldOperation
  | UnaryFieldOperation;

import type { SpanAttributeScope, SpanIntrinsic, TraceIntrinsic } from '@aegisguard/model';

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

/** `duration`, `span:duration`, `rootName`, `event:name`. */
export interface IntrinsicField {
  readonly kind: 'intrinsic';
  readonly name: SpanIntrinsic | TraceIntrinsic | StructureIntrinsic;
  readonly at: TextSpan;
}

/** A value as it stands in a query. Durations are nanoseconds. `text` is how it was written, where that is not how it is printed. */
export type StaticValue =
  | { readonly type: 'string'; readonly value: string }
  | { readonly type: 'int'; readonly value: bigint }
  | { readonly type: 'float'; readonly value: number }
  | { readonly type: 'duration'; readonly value: bigint; readonly text?: string }
  | { readonly type: 'boolean'; readonly value: boolean }
  | { readonly type: 'nil' }
  | { readonly type: 'status'; readonly value: 'error' | 'ok' | 'unset' }
  | {
      readonly type: 'kind';
      readonly value: 'unspecified' | 'internal' | 'server' | 'client' | 'producer' | 'consumer';
    }
  /** `["a", "b"]`: elements of one type. */
  | { readonly type: 'array'; readonly values: readonly StaticValue[] };

/** A value in an expression. */
export interface StaticExpression {
  readonly kind: 'static';
  readonly value: StaticValue;
  readonly at: TextSpan;
}

/** The operators between fields, weakest first; those of a line bind alike, `^` to the right, the others to the left. */
export const FIELD_PRECEDENCE = [
  ['||'],
  ['&&'],
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

/** `!(…)`, `-duration`. */
export interface UnaryFieldOperation {
  readonly kind: 'unary';
  readonly op: '!' | '-';
  readonly operand: FieldExpression;
  readonly at: TextSpan;
}

/** What stands between braces, and what aggregates are over. `x != nil` is a comparison with nil. */
export type FieldExpression =
  | AttributeField
  | IntrinsicField
  | StaticExpression
  | BinaryFieldOperation
  | UnaryFieldOperation;

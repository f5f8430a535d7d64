import fc from 'fast-check';
import type {
  AttributeField,
  Field,
  FieldExpression,
  IntrinsicField,
  IntrinsicName,
  StaticExpression,
  StaticValue,
} from '../syntax/ast/field-expression.ts';
import type {
  PipelineStage,
  ScalarExpression,
  ScalarFilter,
  SpansetExpression,
  SpansetOperation,
  SpansetPipeline,
} from '../syntax/ast/spanset-pipeline.ts';
import { NAMES, TEXTS } from './arbitrary-spans.ts';

const at = { from: 0, to: 0 };

const SCOPES = ['span', 'resource', 'event', 'link', 'instrumentation', 'any'] as const;
const INTRINSICS: readonly IntrinsicName[] = [
  'duration',
  'name',
  'status',
  'status-message',
  'kind',
  'span-id',
  'parent-id',
  'trace-id',
  'event-name',
  'event-time-since-start',
  'link-trace-id',
  'scope-name',
  'trace-duration',
  'root-service',
  'root-name',
  'child-count',
  'parent',
  'nested-set-left',
  'nested-set-right',
  'nested-set-parent',
];
const STRUCTURAL = ['>', '>>', '<', '<<', '~', '!>', '!>>', '!<', '!<<', '!~', '&>', '&>>', '&<', '&<<', '&~'] as const;

/** An attribute of one span's own or its resource: what can be counted by. */
export const arbitraryOwnField: fc.Arbitrary<Field> = fc.oneof(
  fc.record({
    kind: fc.constant('attribute' as const),
    scope: fc.constantFrom('span' as const, 'resource' as const),
    isParent: fc.constant(false),
    name: fc.constantFrom(...NAMES, 'service.name'),
    at: fc.constant(at),
  }),
  fc.record({
    kind: fc.constant('intrinsic' as const),
    isParent: fc.constant(false),
    name: fc.constantFrom('duration' as const, 'name' as const, 'status' as const, 'kind' as const),
    at: fc.constant(at),
  }),
);

const attribute: fc.Arbitrary<AttributeField> = fc.record({
  kind: fc.constant('attribute' as const),
  scope: fc.constantFrom(...SCOPES),
  isParent: fc.integer({ min: 0, max: 29 }).map((roll) => roll === 29),
  name: fc.constantFrom(...NAMES, 'service.name'),
  at: fc.constant(at),
});
const intrinsic: fc.Arbitrary<IntrinsicField> = fc.record({
  kind: fc.constant('intrinsic' as const),
  isParent: fc.integer({ min: 0, max: 9 }).map((roll) => roll === 9),
  name: fc.constantFrom(...INTRINSICS),
  at: fc.constant(at),
});
const field = fc.oneof(
  { weight: 3, arbitrary: attribute },
  { weight: 1, arbitrary: intrinsic },
  { weight: 4, arbitrary: arbitraryOwnField },
);

const plainValue: fc.Arbitrary<StaticValue> = fc.oneof(
  {
    weight: 4,
    arbitrary: fc.constantFrom(...TEXTS, 'get', 'shop', '1').map((value) => ({ type: 'string' as const, value })),
  },
  { weight: 2, arbitrary: fc.bigInt(-1n, 4n).map((value) => ({ type: 'int' as const, value })) },
  fc.constantFrom(0.5, 1.5).map((value) => ({ type: 'float' as const, value })),
  fc
    .constantFrom(0n, 250_000_000n, 1_000_000_000n, 3_000_000_000n)
    .map((value) => ({ type: 'duration' as const, value })),
  fc.boolean().map((value) => ({ type: 'boolean' as const, value })),
  fc.constant({ type: 'nil' as const }),
  fc
    .constantFrom('error' as const, 'ok' as const, 'unset' as const)
    .map((value) => ({ type: 'status' as const, value })),
  fc.constantFrom('server' as const, 'client' as const).map((value) => ({ type: 'kind' as const, value })),
);
const literal: fc.Arbitrary<StaticExpression> = plainValue.map((value) => ({ kind: 'static', value, at }));
const pattern: fc.Arbitrary<StaticExpression> = fc
  .constantFrom('x', 'x|y', '.*', 'x.*', '')
  .map((value) => ({ kind: 'static', value: { type: 'string', value }, at }));

/** Conditions of spans, comparisons mostly. */
const arbitraryCondition: fc.Arbitrary<FieldExpression> = fc.letrec<{
  condition: FieldExpression;
  operand: FieldExpression;
  comparison: FieldExpression;
}>((tie) => ({
  operand: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    { weight: 6, arbitrary: field },
    { weight: 4, arbitrary: literal },
    {
      weight: 1,
      arbitrary: fc.record({
        kind: fc.constant('binary' as const),
        op: fc.constantFrom('+' as const, '-' as const, '*' as const, '/' as const),
        left: tie('operand'),
        right: tie('operand'),
        at: fc.constant(at),
      }),
    },
    {
      weight: 1,
      arbitrary: tie('operand').map((operand) => ({ kind: 'unary' as const, op: '-' as const, operand, at })),
    },
  ),
  comparison: fc.oneof(
    {
      weight: 5,
      arbitrary: fc.record({
        kind: fc.constant('binary' as const),
        op: fc.constantFrom('=' as const, '!=' as const, '<' as const, '<=' as const, '>' as const, '>=' as const),
        left: field,
        right: literal,
        at: fc.constant(at),
      }),
    },
    {
      weight: 2,
      arbitrary: fc.record({
        kind: fc.constant('binary' as const),
        op: fc.constantFrom('=' as const, '!=' as const, '<' as const, '>=' as const),
        left: tie('operand'),
        right: tie('operand'),
        at: fc.constant(at),
      }),
    },
    {
      weight: 2,
      arbitrary: fc.record({
        kind: fc.constant('binary' as const),
        op: fc.constantFrom('=~' as const, '!~' as const),
        left: field,
        right: fc.oneof({ weight: 5, arbitrary: pattern }, { weight: 1, arbitrary: field }),
        at: fc.constant(at),
      }),
    },
  ),
  condition: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    { weight: 6, arbitrary: tie('comparison') },
    { weight: 1, arbitrary: attribute },
    {
      weight: 3,
      arbitrary: fc.record({
        kind: fc.constant('binary' as const),
        op: fc.constantFrom('&&' as const, '||' as const),
        left: tie('condition'),
        right: tie('condition'),
        at: fc.constant(at),
      }),
    },
    {
      weight: 2,
      arbitrary: tie('condition').map((operand) => ({ kind: 'unary' as const, op: '!' as const, operand, at })),
    },
  ),
})).condition;

const filter: fc.Arbitrary<SpansetExpression> = fc.oneof(
  { weight: 8, arbitrary: arbitraryCondition.map((condition) => ({ kind: 'spanset-filter' as const, condition, at })) },
  { weight: 1, arbitrary: fc.constant({ kind: 'spanset-filter' as const, at }) },
);

/** Pipelines of every kind. */
export const arbitraryPipeline: fc.Arbitrary<SpansetPipeline> = fc.letrec<{
  pipeline: SpansetPipeline;
  spansets: SpansetExpression;
  scalar: ScalarExpression;
  stage: PipelineStage;
}>((tie) => ({
  spansets: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    { weight: 5, arbitrary: filter },
    {
      weight: 3,
      arbitrary: fc.record<SpansetOperation>({
        kind: fc.constant('spanset-operation' as const),
        op: fc.constantFrom('&&' as const, '||' as const, ...STRUCTURAL),
        left: tie('spansets'),
        right: tie('spansets'),
        at: fc.constant(at),
      }),
    },
    { weight: 1, arbitrary: tie('pipeline') },
  ),
  scalar: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    { weight: 3, arbitrary: fc.constant({ kind: 'aggregate' as const, name: 'count' as const, at }) },
    {
      weight: 2,
      arbitrary: fc.record({
        kind: fc.constant('aggregate' as const),
        name: fc.constantFrom('avg' as const, 'min' as const, 'max' as const, 'sum' as const),
        of: field,
        at: fc.constant(at),
      }),
    },
    {
      weight: 1,
      arbitrary: fc.record({
        kind: fc.constant('scalar-pipeline' as const),
        pipeline: tie('pipeline'),
        result: fc.constant({ kind: 'aggregate' as const, name: 'count' as const, at }),
        at: fc.constant(at),
      }),
    },
  ),
  stage: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    { weight: 2, arbitrary: tie('spansets') },
    { weight: 2, arbitrary: field.map((of) => ({ kind: 'by' as const, of, at })) },
    { weight: 1, arbitrary: fc.constant({ kind: 'coalesce' as const, at }) },
    { weight: 1, arbitrary: field.map((one) => ({ kind: 'select' as const, fields: [one], at })) },
    {
      weight: 3,
      arbitrary: fc.record<ScalarFilter>({
        kind: fc.constant('scalar-filter' as const),
        op: fc.constantFrom('=' as const, '>' as const, '<=' as const, '!=' as const),
        left: tie('scalar'),
        right: fc.oneof(literal, tie('scalar')),
        at: fc.constant(at),
      }),
    },
  ),
  pipeline: fc
    .tuple(
      fc.oneof({ weight: 4, arbitrary: tie('spansets') }, { weight: 1, arbitrary: tie('stage') }),
      fc.array(tie('stage'), { maxLength: 2 }),
    )
    .map(([first, others]) => ({ kind: 'pipeline', stages: [first, ...others], at })),
})).pipeline;

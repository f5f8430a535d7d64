import fc from 'fast-check';
import type {
  PipelineStage,
  ScalarExpression,
  ScalarFilter,
  SpansetExpression,
  SpansetFilter,
  SpansetOperation,
  SpansetPipeline,
} from '../ast/spanset-pipeline.ts';
import type { MetricsAggregate, MetricsExpression, MetricsStage, TraceQuery } from '../ast/trace-query.ts';
import { SPANSET_PRECEDENCE } from '../parse/combine.ts';
import {
  ANY_FIELD,
  ANY_VALUE,
  CONDITION,
  NOWHERE,
  NUMERIC_EXPRESSION,
  NUMERIC_FIELD,
  NUMERIC_VALUE,
} from './arbitrary-field-expression.ts';

const PLACE = fc.constant(NOWHERE);
const DEPTH = { maxDepth: 3, depthSize: 'small' } as const;
const PARTS = { minLength: 1, maxLength: 3 } as const;
const COMPARISONS = ['=', '!=', '<', '<=', '>', '>='] as const;
const [LOGICAL, STRUCTURAL, ...ARITHMETIC] = SPANSET_PRECEDENCE;
const BETWEEN_SPANS = [...LOGICAL, ...STRUCTURAL].filter(
  (op): op is SpansetOperation['op'] => !(op === '=' || op === '!=' || op === '<=' || op === '>='),
);

const FILTER: fc.Arbitrary<SpansetFilter> = fc
  .option(CONDITION, { nil: undefined })
  .map((condition) => ({ kind: 'spanset-filter', ...(condition && { condition }), at: NOWHERE }));
const FILTERS: fc.Arbitrary<SpansetExpression> = fc.letrec<{ spans: SpansetExpression }>((tie) => ({
  spans: fc.oneof(DEPTH, FILTER, operation(tie('spans'))),
})).spans;

function operation(side: fc.Arbitrary<SpansetExpression>): fc.Arbitrary<SpansetOperation> {
  return fc.record({
    kind: fc.constant('spanset-operation' as const),
    op: fc.constantFrom(...BETWEEN_SPANS),
    left: side,
    right: side,
    at: PLACE,
  });
}

/** Numbers with at least one of the leaves among them. */
function scalar(leaf: fc.Arbitrary<ScalarExpression>): fc.Arbitrary<ScalarExpression> {
  const value = NUMERIC_VALUE.map((one): ScalarExpression => ({ kind: 'static', value: one, at: NOWHERE }));
  return fc.letrec<{ number: ScalarExpression }>((tie) => ({
    number: fc.oneof(
      DEPTH,
      leaf,
      fc.tuple(fc.constantFrom(...ARITHMETIC.flat()), tie('number'), fc.oneof(value, tie('number')), fc.boolean()).map(
        ([op, one, other, isTurned]): ScalarExpression => ({
          kind: 'scalar-operation',
          op,
          left: isTurned ? other : one,
          right: isTurned ? one : other,
          at: NOWHERE,
        }),
      ),
    ),
  })).number;
}

function scalarFilter(leaf: fc.Arbitrary<ScalarExpression>): fc.Arbitrary<ScalarFilter> {
  const value = NUMERIC_VALUE.map((one): ScalarExpression => ({ kind: 'static', value: one, at: NOWHERE }));
  return fc.record({
    kind: fc.constant('scalar-filter' as const),
    op: fc.constantFrom(...COMPARISONS),
    left: scalar(leaf),
    right: fc.oneof(value, scalar(leaf)),
    at: PLACE,
  });
}

const AGGREGATE: fc.Arbitrary<ScalarExpression> = fc.oneof(
  fc.constant({ kind: 'aggregate' as const, name: 'count' as const, at: NOWHERE }),
  fc.record({
    kind: fc.constant('aggregate' as const),
    name: fc.constantFrom('avg' as const, 'min', 'max', 'sum'),
    of: fc.oneof(
      NUMERIC_FIELD,
      NUMERIC_EXPRESSION.filter((of) => of.kind === 'attribute' || of.kind === 'intrinsic'),
    ),
    at: PLACE,
  }),
);
const COMPARED = scalarFilter(AGGREGATE);
const GROUP: fc.Arbitrary<PipelineStage> = fc.record({ kind: fc.constant('by' as const), of: ANY_FIELD, at: PLACE });
const LATER_STAGE: fc.Arbitrary<PipelineStage> = fc.oneof(
  FILTERS,
  COMPARED,
  GROUP,
  fc.constant({ kind: 'coalesce' as const, at: NOWHERE }),
  fc.record({ kind: fc.constant('select' as const), fields: fc.array(ANY_FIELD, PARTS), at: PLACE }),
);

function pipeline(first: fc.Arbitrary<PipelineStage>, laterMin: number): fc.Arbitrary<SpansetPipeline> {
  return fc
    .tuple(first, fc.array(LATER_STAGE, { minLength: laterMin, maxLength: 3 }))
    .map(([one, later]) => ({ kind: 'pipeline', stages: [one, ...later], at: NOWHERE }));
}

/** Pipelines whose first stage may be made of pipelines in parentheses. */
const SPANSETS: fc.Arbitrary<SpansetPipeline> = fc.letrec<{ side: SpansetExpression; whole: SpansetPipeline }>(
  (tie) => ({
    side: fc.oneof(DEPTH, FILTERS, COMPARED, pipeline(fc.oneof(FILTERS, COMPARED, GROUP), 1), operation(tie('side'))),
    whole: fc.oneof(
      pipeline(fc.oneof(FILTERS, GROUP, COMPARED), 0),
      pipeline(operation(tie('side')), 0),
      pipeline(pipeline(FILTERS, 1), 1),
    ),
  }),
).whole;

const OF_PIPELINE: fc.Arbitrary<ScalarExpression> = fc.record({
  kind: fc.constant('scalar-pipeline' as const),
  pipeline: SPANSETS,
  result: scalar(AGGREGATE),
  at: PLACE,
});
const COMPARED_PIPELINES: fc.Arbitrary<SpansetPipeline> = scalarFilter(OF_PIPELINE).map((stage) => ({
  kind: 'pipeline',
  stages: [stage],
  at: NOWHERE,
}));

const BY = fc.array(ANY_FIELD, { maxLength: 3 });
const OVER_TIME: fc.Arbitrary<MetricsAggregate> = fc.oneof(
  fc.record({ kind: fc.constantFrom('rate' as const, 'count_over_time'), by: BY, at: PLACE }),
  fc.record({
    kind: fc.constantFrom(
      'min_over_time' as const,
      'max_over_time',
      'avg_over_time',
      'sum_over_time',
      'histogram_over_time',
    ),
    of: NUMERIC_FIELD,
    by: BY,
    at: PLACE,
  }),
  fc.record({
    kind: fc.constant('quantile_over_time' as const),
    of: NUMERIC_FIELD,
    quantiles: fc.array(fc.double({ min: 0, max: 1, noNaN: true }), PARTS),
    by: BY,
    at: PLACE,
  }),
);
const COMPARE: fc.Arbitrary<MetricsExpression> = fc
  .tuple(SPANSETS, FILTER, fc.integer({ min: 1, max: 100 }), fc.option(fc.nat(), { nil: undefined }))
  .map(([spansets, selection, topN, time]) => ({
    kind: 'metrics',
    spansets,
    aggregate: {
      kind: 'compare',
      selection,
      topN,
      ...(time !== undefined && { start: BigInt(time), end: BigInt(time) + 1n }),
      at: NOWHERE,
    },
    stages: [],
    at: NOWHERE,
  }));
const STAGE: fc.Arbitrary<MetricsStage> = fc.oneof(
  fc.record({ kind: fc.constantFrom('topk' as const, 'bottomk'), limit: fc.integer({ min: 1, max: 99 }), at: PLACE }),
  fc.record({
    kind: fc.constant('filter' as const),
    op: fc.constantFrom(...COMPARISONS),
    value: NUMERIC_VALUE,
    at: PLACE,
  }),
);
const STAGES = fc.array(STAGE, { maxLength: 2 });
const SERIES: fc.Arbitrary<MetricsExpression> = fc.letrec<{ series: MetricsExpression }>((tie) => {
  const leaf = fc.record({
    kind: fc.constant('metrics' as const),
    spansets: SPANSETS,
    aggregate: OVER_TIME,
    stages: STAGES,
    at: PLACE,
  });
  const number = fc.record({
    kind: fc.constant('number' as const),
    value: fc.double({ noNaN: true, noDefaultInfinity: true }),
    at: PLACE,
  });
  const other = fc.oneof(number, tie('series'));
  return {
    series: fc.oneof(
      DEPTH,
      leaf,
      fc
        .tuple(fc.constantFrom('+' as const, '-', '*', '/'), tie('series'), other, fc.boolean(), STAGES)
        .map(([op, one, two, isTurned, stages]): MetricsExpression => {
          const [left, right] = isTurned ? [two, one] : [one, two];
          return { kind: 'metrics-operation', op, left, right, stages, at: NOWHERE };
        }),
    ),
  };
}).series;

const HINTS = fc.array(
  fc.record({ name: fc.constantFrom('most_recent', 'sample', 'exemplars', 'x_1'), value: ANY_VALUE }),
  { maxLength: 2 },
);

const GROUPS_MAX = 10;
const STAGES_MAX = 20;

function countKinds(part: unknown, kinds: readonly unknown[]): number {
  if (typeof part !== 'object' || part === null) {
    return 0;
  }
  const own = 'kind' in part && kinds.includes(part.kind) ? 1 : 0;
  return Object.values(part).reduce<number>((sum, inner) => sum + countKinds(inner, kinds), own);
}

function isWithinBounds(body: TraceQuery['body']): boolean {
  return countKinds(body, ['by']) <= GROUPS_MAX && countKinds(body, ['filter', 'topk', 'bottomk']) <= STAGES_MAX;
}

/** Queries of every kind, as the parser makes them. */
export const ANY_QUERY: fc.Arbitrary<TraceQuery> = fc.record({
  body: fc.oneof(SPANSETS, COMPARED_PIPELINES, SERIES, COMPARE).filter(isWithinBounds),
  hints: HINTS,
});

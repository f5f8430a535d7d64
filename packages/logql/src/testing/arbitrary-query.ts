import fc from 'fast-check';
import {
  BINARY_PRECEDENCE,
  type BinaryOperation,
  type BinaryOperator,
  type VectorMatching,
} from '../syntax/ast/binary-operation.ts';
import type { Grouping } from '../syntax/ast/grouping.ts';
import type { LogQuery } from '../syntax/ast/log-query.ts';
import type { MetricExpression } from '../syntax/ast/metric-expression.ts';
import type { Query } from '../syntax/ast/query.ts';
import {
  LOG_RANGE_OPERATIONS,
  type LogRange,
  type RangeAggregation,
  UNWRAP_CONVERSIONS,
  UNWRAPPED_RANGE_OPERATIONS,
  type Unwrap,
} from '../syntax/ast/range-aggregation.ts';
import type { Stage } from '../syntax/ast/stage.ts';
import { VECTOR_OPERATIONS, type VectorAggregation } from '../syntax/ast/vector-aggregation.ts';
import { settleBinary } from '../syntax/check-binary.ts';
import { isScalar } from '../syntax/is-scalar.ts';
import { arbitraryLabelFilter, arbitraryMatcher, arbitraryStage } from './arbitrary-stage.ts';
import type { Vocabulary } from './vocabulary.ts';

const PARTS_MAX = 3;
const COUNT_MAX = 20;
const SET_OPERATORS: readonly BinaryOperator[] = ['and', 'or', 'unless'];
/** Range aggregations that may have a grouping. */
const GROUPED: readonly string[] = [
  'avg_over_time',
  'min_over_time',
  'max_over_time',
  'stdvar_over_time',
  'stddev_over_time',
  'quantile_over_time',
  'first_over_time',
  'last_over_time',
];

/** Leaves out what is undefined, as the parser does. */
function present<T extends object>(node: T): { [K in keyof T]: Exclude<T[K], undefined> } {
  const entries = Object.entries(node).filter(([, value]) => value !== undefined);
  return Object.fromEntries(entries) as { [K in keyof T]: Exclude<T[K], undefined> };
}

function arbitraryLabels({ label }: Vocabulary): fc.Arbitrary<string[]> {
  return fc.uniqueArray(label, { maxLength: PARTS_MAX });
}

function arbitraryGrouping(words: Vocabulary): fc.Arbitrary<Grouping | undefined> {
  const grouping = fc.record({
    kind: fc.constantFrom('by' as const, 'without' as const),
    labels: arbitraryLabels(words),
  });
  return fc.option(grouping, { nil: undefined });
}

/** Log queries with stages of all kinds. */
export function arbitraryLogQuery(words: Vocabulary): fc.Arbitrary<LogQuery> {
  return fc.record({
    kind: fc.constant('log-query' as const),
    matchers: fc.array(arbitraryMatcher(words), { maxLength: PARTS_MAX }),
    stages: fc.array(arbitraryStage(words), { maxLength: PARTS_MAX }).map(writable),
  });
}

/** Leaves out line filters that would be read as a matcher of the stage before: `drop a != "x"`. */
function writable(stages: readonly Stage[]): readonly Stage[] {
  const kept: Stage[] = [];
  for (const stage of stages) {
    const before = kept.at(-1);
    const endsWithName = before !== undefined && 'labels' in before && typeof before.labels.at(-1) === 'string';
    if (!(endsWithName && stage.kind === 'line-filter' && (stage.op === '!=' || stage.op === '!~'))) {
      kept.push(stage);
    }
  }
  return kept;
}

function arbitraryUnwrap(words: Vocabulary): fc.Arbitrary<Unwrap> {
  return fc
    .record({
      label: words.label,
      conversion: fc.constantFrom(undefined, ...UNWRAP_CONVERSIONS),
      filters: fc.array(arbitraryLabelFilter(words), { maxLength: 2 }),
    })
    .map(present);
}

/** Range aggregations of all kinds. */
function arbitraryRangeAggregation(words: Vocabulary): fc.Arbitrary<RangeAggregation> {
  const offset = fc.oneof(
    fc.constant(0n),
    words.range,
    words.range.map((nanos) => -nanos),
  );
  const range = (unwrap: fc.Arbitrary<Unwrap | undefined>): fc.Arbitrary<LogRange> =>
    fc.record({ query: arbitraryLogQuery(words), unwrap, range: words.range, offset }).map(present);
  const ofLogs = fc.record({
    kind: fc.constant('range-aggregation' as const),
    operation: fc.constantFrom(...LOG_RANGE_OPERATIONS),
    range: range(fc.constant(undefined)),
  });
  const ofNumbers = fc
    .record({
      kind: fc.constant('range-aggregation' as const),
      operation: fc.constantFrom(...UNWRAPPED_RANGE_OPERATIONS, 'rate' as const, 'absent_over_time' as const),
      parameter: fc.double({ min: 0, max: 1, noNaN: true }),
      range: range(arbitraryUnwrap(words)),
      grouping: arbitraryGrouping(words),
    })
    .map((made) =>
      present({
        ...made,
        parameter: made.operation === 'quantile_over_time' ? made.parameter : undefined,
        grouping: GROUPED.includes(made.operation) ? made.grouping : undefined,
      }),
    );
  return fc.oneof(ofLogs, ofNumbers);
}

function arbitraryVectorAggregation(
  words: Vocabulary,
  operand: fc.Arbitrary<MetricExpression>,
): fc.Arbitrary<VectorAggregation> {
  return fc
    .record({
      kind: fc.constant('vector-aggregation' as const),
      operation: fc.constantFrom(...VECTOR_OPERATIONS),
      parameter: fc.integer({ min: 1, max: COUNT_MAX }),
      grouping: arbitraryGrouping(words),
      operand,
    })
    .map((made) =>
      present({
        ...made,
        parameter: made.operation.endsWith('topk') || made.operation === 'bottomk' ? made.parameter : undefined,
        grouping: ['approx_topk', 'sort', 'sort_desc'].includes(made.operation) ? undefined : made.grouping,
      }),
    );
}

function arbitraryMatching(words: Vocabulary): fc.Arbitrary<VectorMatching | undefined> {
  const matching = fc
    .record({
      kind: fc.constantFrom('on' as const, 'ignoring' as const),
      labels: arbitraryLabels(words),
      card: fc.constantFrom('one-to-one' as const, 'many-to-one' as const, 'one-to-many' as const),
      include: arbitraryLabels(words),
    })
    .map((made) => ({ ...made, include: made.card === 'one-to-one' ? [] : made.include }));
  return fc.option(matching, { nil: undefined });
}

function arbitraryBinary(words: Vocabulary, operand: fc.Arbitrary<MetricExpression>): fc.Arbitrary<BinaryOperation> {
  return fc
    .record({
      kind: fc.constant('binary-operation' as const),
      op: fc.constantFrom(...BINARY_PRECEDENCE.flat()),
      left: operand,
      right: operand,
      isBool: fc.boolean(),
      matching: arbitraryMatching(words),
    })
    .map(({ op, ...made }) => {
      const isOfSeries = !(isScalar(made.left) || isScalar(made.right));
      const settledOp = SET_OPERATORS.includes(op) && !isOfSeries ? '+' : op;
      return settleBinary(present({ ...made, op: settledOp }));
    });
}

/** Metric queries of all kinds. */
export function arbitraryMetricExpression(words: Vocabulary): fc.Arbitrary<MetricExpression> {
  const { label, text, regex, number } = words;
  return fc.letrec<{ any: MetricExpression }>((tie) => {
    const series = tie('any').map(
      (made): MetricExpression =>
        isScalar(made) ? { kind: 'vector', value: made.kind === 'number' ? made.value : 1 } : made,
    );
    return {
      any: fc.oneof(
        { depthSize: 'small', withCrossShrink: true },
        { weight: 3, arbitrary: arbitraryRangeAggregation(words) },
        number.map((value): MetricExpression => ({ kind: 'number', value })),
        number.map((value): MetricExpression => ({ kind: 'vector', value })),
        { weight: 2, arbitrary: arbitraryVectorAggregation(words, series) },
        { weight: 2, arbitrary: arbitraryBinary(words, tie('any')) },
        fc.record({
          kind: fc.constant('label-replace' as const),
          operand: series,
          destination: label,
          replacement: text,
          source: label,
          expression: regex,
        }),
      ),
    };
  }).any;
}

/** Checked queries of every kind: printing one and parsing it gives the same. */
export function arbitraryQuery(words: Vocabulary): fc.Arbitrary<Query> {
  return fc.oneof(arbitraryLogQuery(words), arbitraryMetricExpression(words));
}

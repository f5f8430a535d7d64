import type { Expression } from './expression.ts';
import type { SourceRange } from './source-range.ts';

/** https://prometheus.io/docs/prometheus/latest/querying/operators/#aggregation-operators */
export const AGGREGATIONS = [
  'avg',
  'bottomk',
  'count',
  'count_values',
  'group',
  'limit_ratio',
  'limitk',
  'max',
  'min',
  'quantile',
  'stddev',
  'stdvar',
  'sum',
  'topk',
] as const;

/** One of them. */
export type AggregationOperator = (typeof AGGREGATIONS)[number];

/** `sum by (job) (x)`. */
export interface Aggregation {
  readonly kind: 'aggregation';
  readonly op: AggregationOperator;
  readonly expression: Expression;
  /** Of topk, bottomk, limitk, limit_ratio, quantile (a scalar) and count_values (a string). */
  readonly parameter: Expression | undefined;
  readonly grouping: readonly string[];
  /** `grouping` are the labels that go. */
  readonly isWithout: boolean;
  readonly source: SourceRange;
}

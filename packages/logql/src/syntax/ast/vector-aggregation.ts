import type { Grouping } from './grouping.ts';
import type { MetricExpression } from './metric-expression.ts';

/** The aggregations over the series of a time. */
export const VECTOR_OPERATIONS = [
  'sum',
  'avg',
  'min',
  'max',
  'count',
  'stddev',
  'stdvar',
  'topk',
  'bottomk',
  'approx_topk',
  'sort',
  'sort_desc',
] as const;

/** One of them. */
export type VectorOperation = (typeof VECTOR_OPERATIONS)[number];

/** `sum by (service) (rate({…}[5m]))`. */
export interface VectorAggregation {
  readonly kind: 'vector-aggregation';
  readonly operation: VectorOperation;
  /** The first argument of `topk`, `bottomk` and `approx_topk`. */
  readonly parameter?: number;
  readonly grouping?: Grouping;
  readonly operand: MetricExpression;
}

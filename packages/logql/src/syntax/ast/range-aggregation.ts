import type { LogQuery } from './log-query.ts';

/** The functions over a range of logs that can be run. */
export const RANGE_OPERATIONS = ['count_over_time', 'rate'] as const;

/** A function over a range of logs. */
export type RangeOperation = (typeof RANGE_OPERATIONS)[number];

/** `rate({…}[5m])`: at each time t, a number made of the logs in (t − range, t]. */
export interface RangeAggregation {
  readonly kind: 'range-aggregation';
  readonly operation: RangeOperation;
  readonly query: LogQuery;
  /** Nanoseconds, > 0. */
  readonly range: bigint;
}

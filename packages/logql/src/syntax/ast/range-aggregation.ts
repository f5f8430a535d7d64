import type { Grouping } from './grouping.ts';
import type { LabelFilter } from './label-filter.ts';
import type { LogQuery } from './log-query.ts';

/** Functions over the logs of a range. */
export const LOG_RANGE_OPERATIONS = [
  'count_over_time',
  'rate',
  'bytes_over_time',
  'bytes_rate',
  'absent_over_time',
] as const;

/** Functions over the numbers that `unwrap` takes out of a range; `rate` and `absent_over_time` may have one, too. */
export const UNWRAPPED_RANGE_OPERATIONS = [
  'sum_over_time',
  'avg_over_time',
  'min_over_time',
  'max_over_time',
  'stdvar_over_time',
  'stddev_over_time',
  'quantile_over_time',
  'first_over_time',
  'last_over_time',
  'rate_counter',
] as const;

/** A function over a range of logs. */
export type RangeOperation = (typeof LOG_RANGE_OPERATIONS)[number] | (typeof UNWRAPPED_RANGE_OPERATIONS)[number];

/** How the text of a label becomes a number: durations become seconds. */
export const UNWRAP_CONVERSIONS = ['bytes', 'duration', 'duration_seconds'] as const;

/** `| unwrap duration(latency) | latency_error=""`. */
export interface Unwrap {
  readonly label: string;
  readonly conversion?: (typeof UNWRAP_CONVERSIONS)[number];
  /** What stands behind it: label filters only. */
  readonly filters: readonly LabelFilter[];
}

/** `{…} | unwrap x [5m] offset 1h`. */
export interface LogRange {
  readonly query: LogQuery;
  readonly unwrap?: Unwrap;
  /** Nanoseconds, > 0. */
  readonly range: bigint;
  /** Nanoseconds that the range lies back, negative for ahead. */
  readonly offset: bigint;
}

/** `rate({…}[5m])`: at each time t, a number made of the logs in (t − offset − range, t − offset]. */
export interface RangeAggregation {
  readonly kind: 'range-aggregation';
  readonly operation: RangeOperation;
  /** The first argument of `quantile_over_time`. */
  readonly parameter?: number;
  readonly range: LogRange;
  /** Only with `unwrap`. */
  readonly grouping?: Grouping;
}

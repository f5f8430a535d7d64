import type { TableNames } from '../drivers/clickhouse/log-table.ts';

/** Not fsynced: what a power cut takes of them is missing in figures, not in traces. */
export const DERIVED = 'ttl_only_drop_parts = 1, old_parts_lifetime = 10';
/** Of the inserts with a token so many are remembered: one that is repeated after a crash changes nothing. */
export const ONCE = `non_replicated_deduplication_window = 20000, ${DERIVED}`;

/**
 * A duration's bucket: bucket 80 + i holds more than 2^((i−1)/4) and at most 2^(i/4) milliseconds, so that every fourth bound is a power of two of milliseconds. 0 holds all below a nanosecond. The same in
 * `duration-buckets.ts`.
 */
const DURATION_BUCKET = 'toUInt8(least(greatest(ceil(log2(duration_nanos / 1e6) * 4) + 80, 0), 255))';

const FIGURES = `calls SimpleAggregateFunction(sum, UInt64) CODEC(ZSTD(1)),
  nanos SimpleAggregateFunction(sum, UInt64) CODEC(ZSTD(1))`;
const SLOWEST =
  'slowest SimpleAggregateFunction(max, Tuple(nanos UInt64, trace_id FixedString(16), span_id FixedString(8))) CODEC(ZSTD(1))';

/** Rate, errors and durations of spans per minute and hour, the latter made of the spans of settled windows. */
export function spanMetricStatements({
  spans,
  spanMinutes,
  spanMinutesView,
  spanHours,
}: TableNames): readonly string[] {
  return [
    figuresTable(spanMinutes, 'minute', '(toMonday(minute), retention_days)', 90, DERIVED),
    figuresTable(spanHours, 'hour', 'toStartOfMonth(hour)', 365, ONCE),
    `CREATE MATERIALIZED VIEW IF NOT EXISTS ${spanMinutesView} TO ${spanMinutes} AS
SELECT organization_id, service, toDateTime(toStartOfMinute(timestamp), 'UTC') AS minute, name, kind, status, version, env, ${DURATION_BUCKET} AS bucket, count() AS calls, sum(duration_nanos) AS nanos, max(tuple(duration_nanos, trace_id, span_id)) AS slowest, max(retention_days) AS retention_days
FROM ${spans}
GROUP BY organization_id, service, minute, name, kind, status, version, env, bucket`,
  ];
}

function figuresTable(
  name: string,
  time: 'minute' | 'hour',
  partition: string,
  daysMin: number,
  settings: string,
): string {
  return `CREATE TABLE IF NOT EXISTS ${name}
(
  organization_id UUID CODEC(ZSTD(1)),
  service LowCardinality(String) CODEC(ZSTD(1)),
  ${time} DateTime('UTC') CODEC(Delta(4), ZSTD(1)),
  name LowCardinality(String) CODEC(ZSTD(1)),
  kind LowCardinality(String) CODEC(ZSTD(1)),
  status LowCardinality(String) CODEC(ZSTD(1)),
  version LowCardinality(String) CODEC(ZSTD(1)),
  env LowCardinality(String) CODEC(ZSTD(1)),
  bucket UInt8 CODEC(ZSTD(1)),
  ${FIGURES},
  ${SLOWEST},
  retention_days SimpleAggregateFunction(max, UInt16) CODEC(ZSTD(1))
)
ENGINE = AggregatingMergeTree
PARTITION BY ${partition}
PRIMARY KEY (organization_id, service, ${time})
ORDER BY (organization_id, service, ${time}, name, kind, status, version, env, bucket)
TTL ${time} + toIntervalDay(greatest(retention_days, ${daysMin}))
SETTINGS ${settings}`;
}

import type { TableNames } from '../drivers/clickhouse/log-table.ts';
import { DERIVED, ONCE } from './0012-span-metrics.ts';

const FIGURES = `calls SimpleAggregateFunction(sum, UInt64) CODEC(ZSTD(1)),
  errors SimpleAggregateFunction(sum, UInt64) CODEC(ZSTD(1)),
  client_nanos SimpleAggregateFunction(sum, UInt64) CODEC(ZSTD(1)),
  server_nanos SimpleAggregateFunction(sum, UInt64) CODEC(ZSTD(1)),
  client_buckets SimpleAggregateFunction(sumMap, Map(UInt8, UInt64)) CODEC(ZSTD(1)),
  server_buckets SimpleAggregateFunction(sumMap, Map(UInt8, UInt64)) CODEC(ZSTD(1)),
  slowest SimpleAggregateFunction(max, Tuple(nanos UInt64, trace_id FixedString(16), span_id FixedString(8))) CODEC(ZSTD(1))`;
const SUMS =
  'sum(calls) AS calls, sum(errors) AS errors, sum(client_nanos) AS client_nanos, sum(server_nanos) AS server_nanos, sumMap(client_buckets) AS client_buckets, sumMap(server_buckets) AS server_buckets, max(slowest) AS slowest';

/** What is needed of spans to find out who calls whom, for some hours after they came; edges per minute and hour; and which windows of time of coming have been looked at. */
export function serviceGraphStatements({
  spans,
  graphSpans,
  graphSpansView,
  graphMinutes,
  graphHours,
  graphHoursView,
  graphWindows,
}: TableNames): readonly string[] {
  return [
    `ALTER TABLE ${spans} ADD COLUMN IF NOT EXISTS peer_type LowCardinality(String) CODEC(ZSTD(1)), ADD COLUMN IF NOT EXISTS peer LowCardinality(String) CODEC(ZSTD(1)), ADD COLUMN IF NOT EXISTS peer_system LowCardinality(String) CODEC(ZSTD(1))`,
    `CREATE TABLE IF NOT EXISTS ${graphSpans}
(
  organization_id UUID CODEC(ZSTD(1)),
  inserted_at DateTime('UTC') CODEC(Delta(4), ZSTD(1)),
  trace_id FixedString(16) CODEC(ZSTD(1)),
  span_id FixedString(8) CODEC(NONE),
  parent_span_id FixedString(8) CODEC(ZSTD(1)),
  is_root Bool CODEC(ZSTD(1)),
  minute DateTime('UTC') CODEC(Delta(4), ZSTD(1)),
  service LowCardinality(String) CODEC(ZSTD(1)),
  env LowCardinality(String) CODEC(ZSTD(1)),
  name LowCardinality(String) CODEC(ZSTD(1)),
  version LowCardinality(String) CODEC(ZSTD(1)),
  kind LowCardinality(String) CODEC(ZSTD(1)),
  status LowCardinality(String) CODEC(ZSTD(1)),
  duration_nanos UInt64 CODEC(T64, ZSTD(1)),
  peer_type LowCardinality(String) CODEC(ZSTD(1)),
  peer LowCardinality(String) CODEC(ZSTD(1)),
  peer_system LowCardinality(String) CODEC(ZSTD(1)),
  retention_days UInt16 CODEC(ZSTD(1))
)
ENGINE = MergeTree
PARTITION BY toStartOfHour(inserted_at)
ORDER BY (organization_id, inserted_at, trace_id)
TTL inserted_at + toIntervalHour(6)
SETTINGS ${DERIVED}`,
    edgesTable(graphMinutes, 'minute', '(toMonday(minute), retention_days)', 90),
    edgesTable(graphHours, 'hour', 'toStartOfMonth(hour)', 365),
    `CREATE TABLE IF NOT EXISTS ${graphWindows}
(
  window_end DateTime('UTC')
)
ENGINE = MergeTree
ORDER BY window_end
TTL window_end + toIntervalDay(1)
SETTINGS ${DERIVED}`,
    `CREATE MATERIALIZED VIEW IF NOT EXISTS ${graphHoursView} TO ${graphHours} AS
SELECT organization_id, toStartOfHour(minute) AS hour, client, server, client_type, server_type, connection_type, system, destination, env, ${SUMS}, max(retention_days) AS retention_days
FROM ${graphMinutes}
GROUP BY organization_id, hour, client, server, client_type, server_type, connection_type, system, destination, env`,
    `CREATE MATERIALIZED VIEW IF NOT EXISTS ${graphSpansView} TO ${graphSpans} AS
SELECT organization_id, now('UTC') AS inserted_at, trace_id, span_id, parent_span_id, is_root, toDateTime(toStartOfMinute(timestamp), 'UTC') AS minute, service, env, name, version, toString(kind) AS kind, toString(status) AS status, duration_nanos, peer_type, peer, peer_system, retention_days
FROM ${spans}`,
  ];
}

function edgesTable(name: string, time: 'minute' | 'hour', partition: string, daysMin: number): string {
  return `CREATE TABLE IF NOT EXISTS ${name}
(
  organization_id UUID CODEC(ZSTD(1)),
  ${time} DateTime('UTC') CODEC(Delta(4), ZSTD(1)),
  client LowCardinality(String) CODEC(ZSTD(1)),
  server LowCardinality(String) CODEC(ZSTD(1)),
  client_type LowCardinality(String) CODEC(ZSTD(1)),
  server_type LowCardinality(String) CODEC(ZSTD(1)),
  connection_type LowCardinality(String) CODEC(ZSTD(1)),
  system LowCardinality(String) CODEC(ZSTD(1)),
  destination LowCardinality(String) CODEC(ZSTD(1)),
  env LowCardinality(String) CODEC(ZSTD(1)),
  ${FIGURES},
  retention_days SimpleAggregateFunction(max, UInt16) CODEC(ZSTD(1))
)
ENGINE = AggregatingMergeTree
PARTITION BY ${partition}
PRIMARY KEY (organization_id, ${time})
ORDER BY (organization_id, ${time}, client, server, client_type, server_type, connection_type, system, destination, env)
TTL ${time} + toIntervalDay(greatest(retention_days, ${daysMin}))
SETTINGS ${ONCE}`;
}

import type { Migration } from './migration.ts';

const DURABLE =
  'fsync_after_insert = 1, fsync_part_directory = 1, min_rows_to_fsync_after_merge = 1, old_parts_lifetime = 10';

/**
 * Which hours have samples that their rollups do not know, and the rollups. A bucket holds its end and not its beginning, as PromQL's ranges do. `version` is the time of the
 * computation: the latest replaces the others.
 */
export const METRIC_ROLLUPS: Migration = {
  version: 6,
  name: 'metric-rollups',
  statements: ({ metricHours, rollups1m, rollups5m, rollups1h }) => [
    `CREATE TABLE IF NOT EXISTS ${metricHours}
(
  organization_id UUID,
  hour_end DateTime('UTC'),
  touched_at SimpleAggregateFunction(max, DateTime64(3, 'UTC')) DEFAULT now64(3),
  rolled_at SimpleAggregateFunction(max, DateTime64(3, 'UTC')) DEFAULT toDateTime64(0, 3, 'UTC'),
  retention_days SimpleAggregateFunction(max, UInt16)
)
ENGINE = AggregatingMergeTree
ORDER BY (organization_id, hour_end)
TTL hour_end + toIntervalDay(retention_days)
SETTINGS ${DURABLE}`,
    rollupTable(rollups1m, '(toDate(bucket_end), retention_days)', 'retention_days'),
    rollupTable(rollups5m, '(toDate(bucket_end), retention_days)', 'retention_days'),
    rollupTable(rollups1h, 'toStartOfMonth(bucket_end)', 'greatest(retention_days, 365)'),
  ],
};

function rollupTable(name: string, partition: string, days: string): string {
  return `CREATE TABLE IF NOT EXISTS ${name}
(
  organization_id UUID CODEC(ZSTD(1)),
  metric_id UInt64 CODEC(ZSTD(1)),
  series_id UInt64 CODEC(ZSTD(1)),
  bucket_end DateTime('UTC') CODEC(Delta(4), ZSTD(1)),
  count UInt32 CODEC(ZSTD(1)),
  sum Float64 CODEC(ZSTD(1)),
  min Float64 CODEC(Delta(8), ZSTD(1)),
  max Float64 CODEC(Delta(8), ZSTD(1)),
  first Float64 CODEC(Delta(8), ZSTD(1)),
  first_ms Int64 CODEC(Delta(8), ZSTD(1)),
  last Float64 CODEC(Delta(8), ZSTD(1)),
  last_ms Int64 CODEC(Delta(8), ZSTD(1)),
  increase Float64 CODEC(ZSTD(1)),
  version UInt64 CODEC(ZSTD(1)),
  retention_days UInt16 CODEC(ZSTD(1))
)
ENGINE = ReplacingMergeTree(version)
PARTITION BY ${partition}
ORDER BY (organization_id, metric_id, series_id, bucket_end)
TTL bucket_end + toIntervalDay(${days})
SETTINGS ttl_only_drop_parts = 1, vertical_merge_algorithm_min_rows_to_activate = 1, ${DURABLE}`;
}

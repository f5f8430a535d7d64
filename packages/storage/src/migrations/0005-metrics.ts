import type { Migration } from './migration.ts';

const DURABLE =
  'fsync_after_insert = 1, fsync_part_directory = 1, min_rows_to_fsync_after_merge = 1, old_parts_lifetime = 10';
/** Series and their hourly rollups are kept at least this long. */
const SERIES_DAYS_MIN = 365;

const POINT = `
  organization_id UUID CODEC(ZSTD(1)),
  metric_id UInt64 CODEC(ZSTD(1)),
  series_id UInt64 CODEC(ZSTD(1)),
  timestamp DateTime64(3, 'UTC') CODEC(Delta(8), ZSTD(1)),
  retention_days UInt16 CODEC(ZSTD(1))`;

const POINTS_ENGINE = `ENGINE = MergeTree
PARTITION BY (toDate(timestamp), retention_days)
ORDER BY (organization_id, metric_id, series_id, timestamp)
TTL toDateTime(timestamp) + toIntervalDay(retention_days)
SETTINGS ttl_only_drop_parts = 1, vertical_merge_algorithm_min_rows_to_activate = 1, cleanup_delay_period = 5, cleanup_delay_period_random_add = 1, max_cleanup_delay_period = 10, ${DURABLE}`;

/** Series, samples and what belongs to them. Every choice and its measurement: docs/adr/0009-metric-storage.md. */
export const METRICS: Migration = {
  version: 5,
  name: 'metrics',
  statements: ({ seriesBefore10, samples, histograms, exemplars, metadata, metricUsage, metricUsageDays }) => [
    `CREATE TABLE IF NOT EXISTS ${seriesBefore10}
(
  organization_id UUID CODEC(ZSTD(1)),
  metric LowCardinality(String) CODEC(ZSTD(1)),
  series_id UInt64 CODEC(ZSTD(1)),
  metric_id UInt64 CODEC(ZSTD(1)),
  labels Map(LowCardinality(String), String) CODEC(ZSTD(1)),
  last_seen DateTime64(3, 'UTC') CODEC(ZSTD(1)),
  retention_days UInt16 CODEC(ZSTD(1))
)
ENGINE = ReplacingMergeTree(last_seen)
ORDER BY (organization_id, metric, series_id)
TTL toDateTime(last_seen) + toIntervalDay(greatest(retention_days, ${SERIES_DAYS_MIN}))
SETTINGS ${DURABLE}`,
    `CREATE TABLE IF NOT EXISTS ${samples}
(${POINT},
  value Float64 CODEC(Delta(8), ZSTD(1)),
  start_ms Int64 CODEC(Delta(8), ZSTD(1))
)
${POINTS_ENGINE}`,
    `CREATE TABLE IF NOT EXISTS ${histograms}
(${POINT},
  start_ms Int64 CODEC(Delta(8), ZSTD(1)),
  schema Int8 CODEC(ZSTD(1)),
  zero_threshold Float64 CODEC(ZSTD(1)),
  zero_count Float64 CODEC(Delta(8), ZSTD(1)),
  count Float64 CODEC(Delta(8), ZSTD(1)),
  sum Float64 CODEC(Delta(8), ZSTD(1)),
  positive_offsets Array(Int32) CODEC(ZSTD(1)),
  positive_lengths Array(UInt32) CODEC(ZSTD(1)),
  positive_counts Array(Float64) CODEC(ZSTD(1)),
  negative_offsets Array(Int32) CODEC(ZSTD(1)),
  negative_lengths Array(UInt32) CODEC(ZSTD(1)),
  negative_counts Array(Float64) CODEC(ZSTD(1)),
  custom_values Array(Float64) CODEC(ZSTD(1)),
  reset_hint UInt8 CODEC(ZSTD(1))
)
${POINTS_ENGINE}`,
    `CREATE TABLE IF NOT EXISTS ${exemplars}
(${POINT},
  value Float64 CODEC(ZSTD(1)),
  labels Map(LowCardinality(String), String) CODEC(ZSTD(1))
)
${POINTS_ENGINE}`,
    `CREATE TABLE IF NOT EXISTS ${metadata}
(
  organization_id UUID,
  metric String,
  type LowCardinality(String),
  unit LowCardinality(String),
  help String,
  updated_at DateTime64(3, 'UTC')
)
ENGINE = ReplacingMergeTree(updated_at)
ORDER BY (organization_id, metric)
TTL toDateTime(updated_at) + toIntervalDay(${SERIES_DAYS_MIN})
SETTINGS ${DURABLE}`,
    // A row for each batch, so that a batch that comes again counts once; days are summed up before the rows go.
    `CREATE TABLE IF NOT EXISTS ${metricUsage}
(
  organization_id UUID CODEC(ZSTD(1)),
  day Date CODEC(ZSTD(1)),
  batch_id FixedString(16) CODEC(ZSTD(1)),
  metrics UInt32 CODEC(ZSTD(1))
)
ENGINE = ReplacingMergeTree
PARTITION BY day
ORDER BY (organization_id, day, batch_id)
TTL day + toIntervalDay(14)
SETTINGS ttl_only_drop_parts = 1, ${DURABLE}`,
    `CREATE TABLE IF NOT EXISTS ${metricUsageDays}
(
  organization_id UUID,
  day Date,
  metrics UInt64
)
ENGINE = ReplacingMergeTree(metrics)
ORDER BY (organization_id, day)
SETTINGS ${DURABLE}`,
  ],
};

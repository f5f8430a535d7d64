import type { Migration } from './migration.ts';

/**
 * Series by the week in which they were seen, so that a question reads the weeks of its range only, and knows from when to when in them. Rows of one series, week and first hour
 * merge into the one that was seen last. Why: docs/adr/0016-metric-names.md. Of a series that was stored before it is not known when it was first seen; it counts as seen always.
 */
export const METRIC_SERIES_WEEKS: Migration = {
  version: 10,
  name: 'metric-series-weeks',
  statements: ({ database, series, seriesBefore10 }) => [
    `CREATE TABLE IF NOT EXISTS ${series}
(
  organization_id UUID CODEC(ZSTD(1)),
  metric LowCardinality(String) CODEC(ZSTD(1)),
  series_id UInt64 CODEC(ZSTD(1)),
  metric_id UInt64 CODEC(ZSTD(1)),
  labels Map(LowCardinality(String), String) CODEC(ZSTD(1)),
  first_seen DateTime64(3, 'UTC') CODEC(ZSTD(1)),
  last_seen DateTime64(3, 'UTC') CODEC(ZSTD(1)),
  retention_days UInt16 CODEC(ZSTD(1)),
  INDEX first_seen_range first_seen TYPE minmax GRANULARITY 1024
)
ENGINE = ReplacingMergeTree(last_seen)
PARTITION BY (toMonday(last_seen), retention_days)
PRIMARY KEY (organization_id, metric, series_id)
ORDER BY (organization_id, metric, series_id, first_seen)
TTL toDateTime(last_seen) + toIntervalDay(greatest(retention_days, 365))
SETTINGS ttl_only_drop_parts = 1, fsync_after_insert = 1, fsync_part_directory = 1, min_rows_to_fsync_after_merge = 1, old_parts_lifetime = 10`,
    // merge() also finds nothing to copy when the old table is gone already.
    `INSERT INTO ${series} (organization_id, metric, series_id, metric_id, labels, first_seen, last_seen, retention_days)
SELECT organization_id, metric, series_id, metric_id, labels, fromUnixTimestamp64Milli(toInt64(0), 'UTC'), last_seen, retention_days
FROM merge(${database}, '^metric_series(_weeks)?$') WHERE _table = 'metric_series'
SETTINGS max_partitions_per_insert_block = 10000`,
    `DROP TABLE IF EXISTS ${seriesBefore10}`,
  ],
};

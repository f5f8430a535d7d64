import type { Migration } from './migration.ts';

/** The table of security events, in order of time: they are few, read newest first and kept for long, so a partition is a month, and rows leave it one by one when their time is over. docs/adr/0013-security-events.md. */
export const SECURITY_EVENTS: Migration = {
  version: 9,
  name: 'security-events',
  statements: ({ securityEvents }) => [
    `CREATE TABLE IF NOT EXISTS ${securityEvents}
(
  organization_id UUID CODEC(ZSTD(1)),
  timestamp DateTime64(9, 'UTC') CODEC(GCD, Delta(8), ZSTD(1)),
  type LowCardinality(String) CODEC(ZSTD(1)),
  severity Enum8('info' = 1, 'low' = 2, 'medium' = 3, 'high' = 4, 'critical' = 5) CODEC(ZSTD(1)),
  source Enum8('ingested' = 1, 'platform' = 2) CODEC(ZSTD(1)),
  actor String CODEC(ZSTD(1)),
  ip String CODEC(ZSTD(1)),
  country LowCardinality(String) CODEC(ZSTD(1)),
  target String CODEC(ZSTD(1)),
  message String CODEC(ZSTD(3)),
  attribute_shape LowCardinality(String) CODEC(ZSTD(1)),
  facets Array(LowCardinality(String)) CODEC(ZSTD(1)),
  labels Map(LowCardinality(String), String) CODEC(ZSTD(1)),
  occurrences UInt64 CODEC(ZSTD(1)),
  truncated Bool CODEC(ZSTD(1)),
  batch_id FixedString(16) CODEC(ZSTD(1)),
  batch_index UInt32 CODEC(Delta(4), ZSTD(1)),
  received_at DateTime64(3, 'UTC') CODEC(Delta(8), ZSTD(1)),
  retention_days UInt16 CODEC(ZSTD(1)),
  INDEX type_filter type TYPE bloom_filter(0.01) GRANULARITY 1,
  INDEX severity_filter severity TYPE set(5) GRANULARITY 1,
  INDEX source_filter source TYPE set(2) GRANULARITY 1,
  INDEX actor_filter actor TYPE bloom_filter(0.01) GRANULARITY 1,
  INDEX ip_filter ip TYPE bloom_filter(0.01) GRANULARITY 1,
  INDEX batch_id_filter batch_id TYPE bloom_filter(0.01) GRANULARITY 1
)
ENGINE = MergeTree
PARTITION BY (toYYYYMM(timestamp), retention_days)
ORDER BY (organization_id, timestamp, batch_id, batch_index)
TTL toDateTime(timestamp) + toIntervalDay(retention_days)
SETTINGS fsync_after_insert = 1,
  fsync_part_directory = 1,
  min_rows_to_fsync_after_merge = 1,
  old_parts_lifetime = 10,
  cleanup_delay_period = 5,
  cleanup_delay_period_random_add = 1,
  max_cleanup_delay_period = 10,
  vertical_merge_algorithm_min_rows_to_activate = 1`,
  ],
};

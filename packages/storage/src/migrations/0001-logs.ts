import { LABEL_PAIRS } from '../drivers/clickhouse/attribute-sql.ts';
import type { Migration } from './migration.ts';

/** The logs table. Every choice and its measurement: docs/adr/0004-log-storage.md. */
export const LOGS: Migration = {
  version: 1,
  name: 'logs',
  statements: ({ logs }) => [
    `CREATE TABLE IF NOT EXISTS ${logs}
(
  organization_id UUID CODEC(ZSTD(1)),
  service LowCardinality(String) CODEC(ZSTD(1)),
  timestamp DateTime64(9, 'UTC') CODEC(GCD, Delta(8), ZSTD(1)),
  level Enum8('trace' = 1, 'debug' = 2, 'info' = 3, 'warn' = 4, 'error' = 5, 'fatal' = 6) CODEC(ZSTD(1)),
  severity_number UInt8 CODEC(ZSTD(1)),
  severity_text LowCardinality(String) CODEC(ZSTD(1)),
  message String CODEC(ZSTD(3)) SETTINGS (max_compress_block_size = 2097152),
  host LowCardinality(String) CODEC(ZSTD(1)),
  env LowCardinality(String) CODEC(ZSTD(1)),
  version LowCardinality(String) CODEC(ZSTD(1)),
  trace_id String CODEC(ZSTD(1)),
  span_id String CODEC(ZSTD(1)),
  scope_name LowCardinality(String) CODEC(ZSTD(1)),
  scope_version LowCardinality(String) CODEC(ZSTD(1)),
  attribute_shape LowCardinality(String) CODEC(ZSTD(1)),
  facets Array(LowCardinality(String)) CODEC(ZSTD(1)),
  labels Map(LowCardinality(String), String) CODEC(ZSTD(1)),
  ingest_id String CODEC(ZSTD(1)),
  truncated Bool CODEC(ZSTD(1)),
  batch_id FixedString(16) CODEC(ZSTD(1)),
  batch_index UInt32 CODEC(Delta(4), ZSTD(1)),
  received_at DateTime64(3, 'UTC') CODEC(Delta(8), ZSTD(1)),
  retention_days UInt16 CODEC(ZSTD(1)),
  INDEX message_grams message TYPE ngrambf_v1(4, 4096, 2, 0) GRANULARITY 1,
  INDEX trace_id_filter trace_id TYPE bloom_filter(0.01) GRANULARITY 1,
  INDEX facets_filter facets TYPE bloom_filter(0.01) GRANULARITY 1,
  INDEX labels_filter ${LABEL_PAIRS} TYPE bloom_filter(0.03) GRANULARITY 1,
  INDEX timestamp_range timestamp TYPE minmax GRANULARITY 1,
  INDEX batch_id_range batch_id TYPE minmax GRANULARITY 1,
  INDEX batch_id_filter batch_id TYPE bloom_filter(0.01) GRANULARITY 1,
  INDEX received_at_range received_at TYPE minmax GRANULARITY 1,
  PROJECTION counts_by_minute
  (
    SELECT organization_id, toStartOfMinute(timestamp), service, level, count()
    GROUP BY organization_id, toStartOfMinute(timestamp), service, level
  )
)
ENGINE = MergeTree
PARTITION BY (toDate(timestamp), retention_days)
ORDER BY (organization_id, service, timestamp)
TTL toDateTime(timestamp) + toIntervalDay(retention_days)
SETTINGS ttl_only_drop_parts = 1,
  fsync_after_insert = 1,
  fsync_part_directory = 1,
  min_rows_to_fsync_after_merge = 1,
  old_parts_lifetime = 10,
  cleanup_delay_period = 5,
  cleanup_delay_period_random_add = 1,
  max_cleanup_delay_period = 10,
  vertical_merge_algorithm_min_rows_to_activate = 1`,
  ],
};

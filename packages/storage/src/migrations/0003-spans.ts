import { LABEL_PAIRS } from '../drivers/clickhouse/attribute-sql.ts';
import { ATTRIBUTE_BYTES, usageViewSql } from './0002-usage.ts';
import type { Migration } from './migration.ts';

/** Bytes of a span's content; ids count as the hexadecimal text that they were sent as. */
export const SPAN_CONTENT_BYTES = [
  '48',
  'if(is_root, 0, 16)',
  'length(name)',
  'length(service)',
  'length(host)',
  'length(env)',
  'length(version)',
  'length(status_message)',
  'length(trace_state)',
  'length(scope_name)',
  'length(scope_version)',
  ATTRIBUTE_BYTES,
  'arraySum(arrayMap(name -> length(name), events.name))',
  'arraySum(arrayMap(text -> length(text), events.attributes))',
  'arraySum(arrayMap(id -> length(id), links.trace_id))',
  'arraySum(arrayMap(id -> length(id), links.span_id))',
  'arraySum(arrayMap(state -> length(state), links.trace_state))',
  'arraySum(arrayMap(text -> length(text), links.attributes))',
].join(' + ');

/** The spans table. What differs from logs, and its measurement: docs/adr/0008-span-storage.md. */
export const SPANS: Migration = {
  version: 3,
  name: 'spans',
  statements: ({ spans, usage, spanUsageView }) => [
    `CREATE TABLE IF NOT EXISTS ${spans}
(
  organization_id UUID CODEC(ZSTD(1)),
  service LowCardinality(String) CODEC(ZSTD(1)),
  timestamp DateTime64(9, 'UTC') CODEC(GCD, Delta(8), ZSTD(1)),
  duration_nanos UInt64 CODEC(GCD, T64, ZSTD(1)),
  trace_id FixedString(16) CODEC(ZSTD(1)),
  span_id FixedString(8) CODEC(NONE),
  parent_span_id FixedString(8) CODEC(ZSTD(1)),
  is_root Bool CODEC(ZSTD(1)),
  name LowCardinality(String) CODEC(ZSTD(1)),
  kind Enum8('unspecified' = 0, 'internal' = 1, 'server' = 2, 'client' = 3, 'producer' = 4, 'consumer' = 5) CODEC(ZSTD(1)),
  status Enum8('unset' = 0, 'ok' = 1, 'error' = 2) CODEC(ZSTD(1)),
  status_message String CODEC(ZSTD(1)),
  trace_state LowCardinality(String) CODEC(ZSTD(1)),
  host LowCardinality(String) CODEC(ZSTD(1)),
  env LowCardinality(String) CODEC(ZSTD(1)),
  version LowCardinality(String) CODEC(ZSTD(1)),
  scope_name LowCardinality(String) CODEC(ZSTD(1)),
  scope_version LowCardinality(String) CODEC(ZSTD(1)),
  attribute_shape LowCardinality(String) CODEC(ZSTD(1)),
  facets Array(LowCardinality(String)) CODEC(ZSTD(1)),
  labels Map(LowCardinality(String), String) CODEC(ZSTD(1)),
  events Nested
  (
    timestamp DateTime64(9, 'UTC'),
    name LowCardinality(String),
    attributes String,
    dropped_attributes UInt32
  ) CODEC(ZSTD(1)),
  links Nested
  (
    trace_id String,
    span_id String,
    trace_state String,
    flags UInt32,
    attributes String,
    dropped_attributes UInt32
  ) CODEC(ZSTD(1)),
  truncated Bool CODEC(ZSTD(1)),
  batch_id FixedString(16) CODEC(ZSTD(1)),
  batch_index UInt32 CODEC(Delta(4), ZSTD(1)),
  received_at DateTime64(3, 'UTC') CODEC(Delta(8), ZSTD(1)),
  retention_days UInt16 CODEC(ZSTD(1)),
  INDEX name_filter name TYPE bloom_filter(0.01) GRANULARITY 1,
  INDEX facets_filter facets TYPE bloom_filter(0.01) GRANULARITY 1,
  INDEX labels_filter ${LABEL_PAIRS} TYPE bloom_filter(0.03) GRANULARITY 1,
  INDEX duration_range duration_nanos TYPE minmax GRANULARITY 1,
  INDEX timestamp_range timestamp TYPE minmax GRANULARITY 1,
  INDEX batch_id_range batch_id TYPE minmax GRANULARITY 1,
  INDEX batch_id_filter batch_id TYPE bloom_filter(0.01) GRANULARITY 1,
  INDEX received_at_range received_at TYPE minmax GRANULARITY 1,
  PROJECTION by_trace
  (
    SELECT organization_id, trace_id, span_id, is_root, timestamp, duration_nanos, service, name, status
    ORDER BY organization_id, trace_id
  ),
  PROJECTION counts_by_minute
  (
    SELECT organization_id, toStartOfMinute(timestamp), service, status, count()
    GROUP BY organization_id, toStartOfMinute(timestamp), service, status
  )
)
ENGINE = MergeTree
PARTITION BY (toDate(timestamp), retention_days)
ORDER BY (organization_id, service, timestamp)
TTL toDateTime(timestamp) + toIntervalDay(retention_days)
SETTINGS index_granularity = 1024,
  ttl_only_drop_parts = 1,
  fsync_after_insert = 1,
  fsync_part_directory = 1,
  min_rows_to_fsync_after_merge = 1,
  old_parts_lifetime = 10,
  cleanup_delay_period = 5,
  cleanup_delay_period_random_add = 1,
  max_cleanup_delay_period = 10,
  vertical_merge_algorithm_min_rows_to_activate = 1`,
    usageViewSql(spanUsageView, usage, spans, 'spans', SPAN_CONTENT_BYTES),
  ],
};

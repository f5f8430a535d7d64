import { LABEL_PAIRS } from '../drivers/clickhouse/attribute-sql.ts';
import { ATTRIBUTE_BYTES, usageViewSql } from './0002-usage.ts';
import type { Migration } from './migration.ts';

/** Bytes of a RUM event's content. */
export const RUM_CONTENT_BYTES = [
  'length(application)',
  'length(session_id)',
  'length(release)',
  'length(env)',
  'length(user_id)',
  'length(view_id)',
  'length(url)',
  'length(name)',
  'length(stack)',
  ATTRIBUTE_BYTES,
  "if(data = 'null', 0, length(data))",
].join(' + ');

/** The table of RUM events: a session lies together, for its replay is large and read as a whole. docs/adr/0008-span-storage.md. */
export const RUM_EVENTS: Migration = {
  version: 4,
  name: 'rum-events',
  statements: ({ rumEvents, usage, rumUsageView }) => [
    `CREATE TABLE IF NOT EXISTS ${rumEvents}
(
  organization_id UUID CODEC(ZSTD(1)),
  session_id String CODEC(ZSTD(1)),
  timestamp DateTime64(9, 'UTC') CODEC(GCD, Delta(8), ZSTD(1)),
  type Enum8('view' = 1, 'vital' = 2, 'error' = 3, 'resource' = 4, 'action' = 5, 'longtask' = 6, 'replay' = 7) CODEC(ZSTD(1)),
  application LowCardinality(String) CODEC(ZSTD(1)),
  release LowCardinality(String) CODEC(ZSTD(1)),
  env LowCardinality(String) CODEC(ZSTD(1)),
  user_id String CODEC(ZSTD(1)),
  view_id String CODEC(ZSTD(1)),
  url String CODEC(ZSTD(1)),
  name String CODEC(ZSTD(1)),
  value Float64 CODEC(ZSTD(1)),
  duration_ms Float64 CODEC(ZSTD(1)),
  stack String CODEC(ZSTD(3)),
  attribute_shape LowCardinality(String) CODEC(ZSTD(1)),
  facets Array(LowCardinality(String)) CODEC(ZSTD(1)),
  labels Map(LowCardinality(String), String) CODEC(ZSTD(1)),
  data String CODEC(ZSTD(3)),
  truncated Bool CODEC(ZSTD(1)),
  batch_id FixedString(16) CODEC(ZSTD(1)),
  batch_index UInt32 CODEC(Delta(4), ZSTD(1)),
  received_at DateTime64(3, 'UTC') CODEC(Delta(8), ZSTD(1)),
  retention_days UInt16 CODEC(ZSTD(1)),
  INDEX facets_filter facets TYPE bloom_filter(0.01) GRANULARITY 1,
  INDEX labels_filter ${LABEL_PAIRS} TYPE bloom_filter(0.03) GRANULARITY 1,
  INDEX batch_id_range batch_id TYPE minmax GRANULARITY 1,
  INDEX batch_id_filter batch_id TYPE bloom_filter(0.01) GRANULARITY 1,
  INDEX received_at_range received_at TYPE minmax GRANULARITY 1,
  PROJECTION by_time
  (
    SELECT organization_id, timestamp, application, session_id
    ORDER BY organization_id, timestamp
  ),
  PROJECTION counts_by_minute
  (
    SELECT organization_id, toStartOfMinute(timestamp), application, type, count()
    GROUP BY organization_id, toStartOfMinute(timestamp), application, type
  )
)
ENGINE = MergeTree
PARTITION BY (toDate(timestamp), retention_days)
ORDER BY (organization_id, session_id, timestamp)
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
    usageViewSql(rumUsageView, usage, rumEvents, 'rum', RUM_CONTENT_BYTES),
  ],
};

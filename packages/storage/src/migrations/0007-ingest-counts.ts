import type { Migration } from './migration.ts';

/** What came in and what was refused, per minute. Not fsynced: what a crash cuts off may be lost. */
export const INGEST_COUNTS: Migration = {
  version: 7,
  name: 'ingest-counts',
  statements: ({ ingestCounts }) => [
    `CREATE TABLE IF NOT EXISTS ${ingestCounts}
(
  organization_id UUID CODEC(ZSTD(1)),
  minute DateTime('UTC') CODEC(Delta(4), ZSTD(1)),
  signal LowCardinality(String) CODEC(ZSTD(1)),
  protocol LowCardinality(String) CODEC(ZSTD(1)),
  key_id LowCardinality(String) CODEC(ZSTD(1)),
  outcome LowCardinality(String) CODEC(ZSTD(1)),
  requests UInt64 CODEC(ZSTD(1)),
  records UInt64 CODEC(ZSTD(1)),
  bytes UInt64 CODEC(ZSTD(1))
)
ENGINE = SummingMergeTree((requests, records, bytes))
PARTITION BY toMonday(minute)
ORDER BY (organization_id, minute, signal, protocol, key_id, outcome)
TTL minute + toIntervalDay(90)
SETTINGS ttl_only_drop_parts = 1, old_parts_lifetime = 10`,
  ],
};

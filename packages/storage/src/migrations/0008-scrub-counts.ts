import type { Migration } from './migration.ts';

/** What the scrubber found, where, and what was done, per minute; never a value. Not fsynced: what a crash cuts off may be lost. */
export const SCRUB_COUNTS: Migration = {
  version: 8,
  name: 'scrub-counts',
  statements: ({ scrubCounts }) => [
    `CREATE TABLE IF NOT EXISTS ${scrubCounts}
(
  organization_id UUID CODEC(ZSTD(1)),
  minute DateTime('UTC') CODEC(Delta(4), ZSTD(1)),
  signal LowCardinality(String) CODEC(ZSTD(1)),
  detector LowCardinality(String) CODEC(ZSTD(1)),
  strategy LowCardinality(String) CODEC(ZSTD(1)),
  place String CODEC(ZSTD(1)),
  count UInt64 CODEC(ZSTD(1))
)
ENGINE = SummingMergeTree(count)
PARTITION BY toMonday(minute)
ORDER BY (organization_id, minute, signal, detector, strategy, place)
TTL minute + toIntervalDay(90)
SETTINGS ttl_only_drop_parts = 1, old_parts_lifetime = 10`,
  ],
};

import type { Migration } from './migration.ts';

/** Which traces of a day go, as attempts to judge it found them; the attempt that is `decided` counts, and only one can be. docs/adr/0027-tail-sampling.md */
export const SAMPLED_TRACES: Migration = {
  version: 14,
  name: 'sampled-traces',
  statements: ({ sampledTraces }) => [
    `CREATE TABLE IF NOT EXISTS ${sampledTraces}
(
  organization_id UUID CODEC(ZSTD(1)),
  day Date CODEC(ZSTD(1)),
  attempt UUID CODEC(ZSTD(1)),
  state Enum8('dropped' = 0, 'decided' = 1, 'done' = 2) CODEC(ZSTD(1)),
  trace_id FixedString(16) CODEC(ZSTD(1)),
  at DateTime64(3, 'UTC') CODEC(Delta(8), ZSTD(1))
)
ENGINE = MergeTree
PARTITION BY toMonday(day)
ORDER BY (organization_id, day, attempt, state, trace_id)
TTL toDateTime(at) + toIntervalDay(3) DELETE WHERE state = 'dropped',
  toDateTime(at) + toIntervalDay(60)
SETTINGS non_replicated_deduplication_window = 10000, fsync_after_insert = 1, fsync_part_directory = 1, old_parts_lifetime = 10`,
  ],
};

import type { Migration } from './migration.ts';

/**
 * What each organization sent per day of receipt; it outlives the logs. Bytes are the content's: every text that a record was stored as, names of attributes included,
 * before compression. The view sums within an insert, so its cost is that of a few columns' lengths.
 */
export const LOG_USAGE: Migration = {
  version: 2,
  name: 'log-usage',
  statements: ({ logs, usage, usageView }) => [
    `CREATE TABLE IF NOT EXISTS ${usage}
(
  organization_id UUID,
  day Date,
  logs Int64,
  bytes Int64
)
ENGINE = SummingMergeTree((logs, bytes))
ORDER BY (organization_id, day)
SETTINGS fsync_after_insert = 1, fsync_part_directory = 1, min_rows_to_fsync_after_merge = 1, old_parts_lifetime = 10`,
    `CREATE MATERIALIZED VIEW IF NOT EXISTS ${usageView} TO ${usage} AS
SELECT organization_id, toDate(received_at) AS day, toInt64(count()) AS logs, toInt64(sum(${CONTENT_BYTES})) AS bytes
FROM ${logs}
GROUP BY organization_id, day`,
  ],
};

/** Bytes of a row's content, as the view sums them. */
export const CONTENT_BYTES = [
  'length(message)',
  'length(service)',
  'length(severity_text)',
  'length(host)',
  'length(env)',
  'length(version)',
  'length(trace_id)',
  'length(span_id)',
  'length(scope_name)',
  'length(scope_version)',
  'length(ingest_id)',
  'arraySum(arrayMap(facet -> length(facet), facets))',
  'arraySum(arrayMap(name -> length(name), mapKeys(labels)))',
  'arraySum(arrayMap(value -> length(value), mapValues(labels)))',
].join(' + ');

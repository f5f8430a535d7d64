import type { Migration } from './migration.ts';

/**
 * What each organization sent per day of receipt; it outlives the records. Bytes are the content's: every text that a record was stored as, names of attributes included,
 * before compression. A view per signal sums within an insert, so its cost is that of a few columns' lengths.
 */
export const USAGE: Migration = {
  version: 2,
  name: 'usage',
  statements: ({ logs, usage, logUsageView }) => [
    `CREATE TABLE IF NOT EXISTS ${usage}
(
  organization_id UUID,
  day Date,
  signal LowCardinality(String),
  records Int64,
  bytes Int64
)
ENGINE = SummingMergeTree((records, bytes))
ORDER BY (organization_id, day, signal)
SETTINGS fsync_after_insert = 1, fsync_part_directory = 1, min_rows_to_fsync_after_merge = 1, old_parts_lifetime = 10`,
    usageViewSql(logUsageView, usage, logs, 'logs', LOG_CONTENT_BYTES),
  ],
};

/** The view that counts what is inserted into the table of a signal. Released migrations depend on its text. */
export function usageViewSql(view: string, usage: string, table: string, signal: string, contentBytes: string): string {
  return `CREATE MATERIALIZED VIEW IF NOT EXISTS ${view} TO ${usage} AS
SELECT organization_id, toDate(received_at) AS day, '${signal}' AS signal, toInt64(count()) AS records, toInt64(sum(${contentBytes})) AS bytes
FROM ${table}
GROUP BY organization_id, day`;
}

/** Bytes of the attributes of a row, as views sum them. */
export const ATTRIBUTE_BYTES = [
  'arraySum(arrayMap(facet -> length(facet), facets))',
  'arraySum(arrayMap(name -> length(name), mapKeys(labels)))',
  'arraySum(arrayMap(value -> length(value), mapValues(labels)))',
].join(' + ');

/** Bytes of a log's content. */
export const LOG_CONTENT_BYTES = [
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
  ATTRIBUTE_BYTES,
].join(' + ');

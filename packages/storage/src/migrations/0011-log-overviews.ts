import { LEVEL_LABEL } from '../drivers/clickhouse/attribute-sql.ts';
import type { Migration } from './migration.ts';

/**
 * Logs and bytes of their messages per organization, minute, service and level, the level also as the label of a pushed stream says it; and a filter over 4-grams that ids in messages do not fill.
 * docs/adr/0022-log-overviews.md. What is stored gets both in the background: parts that have a projection and parts that do not are never merged. Until then it is read whole.
 */
export const LOG_OVERVIEWS: Migration = {
  version: 11,
  name: 'log-overviews',
  statements: ({ logs }) => [
    `ALTER TABLE ${logs} ADD PROJECTION IF NOT EXISTS volumes_by_minute
(
  SELECT organization_id, toStartOfMinute(timestamp), service, level, ${LEVEL_LABEL}, count(), sum(length(message))
  GROUP BY organization_id, toStartOfMinute(timestamp), service, level, ${LEVEL_LABEL}
)`,
    `ALTER TABLE ${logs} ADD INDEX IF NOT EXISTS message_filter message TYPE ngrambf_v1(4, 8192, 1, 0) GRANULARITY 1`,
    `ALTER TABLE ${logs} MATERIALIZE PROJECTION volumes_by_minute, MATERIALIZE INDEX message_filter SETTINGS mutations_sync = 0`,
    `ALTER TABLE ${logs} DROP INDEX IF EXISTS message_grams SETTINGS alter_sync = 0, mutations_sync = 0`,
  ],
};

import { LEVEL_LABEL } from '../drivers/clickhouse/attribute-sql.ts';
import type { Migration } from './migration.ts';

/**
 * Logs and bytes of their messages per organization, minute, service and level, the level also as the label of a pushed stream says it. docs/adr/0022-log-overviews.md. Parts that have the projection and parts that do not are
 * never merged, so those that are there get it, in the background.
 */
export const LOG_VOLUMES: Migration = {
  version: 11,
  name: 'log-volumes',
  statements: ({ logs }) => [
    `ALTER TABLE ${logs} ADD PROJECTION IF NOT EXISTS volumes_by_minute
(
  SELECT organization_id, toStartOfMinute(timestamp), service, level, ${LEVEL_LABEL}, count(), sum(length(message))
  GROUP BY organization_id, toStartOfMinute(timestamp), service, level, ${LEVEL_LABEL}
)`,
    `ALTER TABLE ${logs} MATERIALIZE PROJECTION volumes_by_minute`,
  ],
};

import { NESTED_KEYS } from '../drivers/clickhouse/span-query/nested-keys.ts';
import type { Migration } from './migration.ts';

const KEYS = [
  'organization_id',
  'toStartOfHour(timestamp)',
  'service',
  'attribute_shape',
  NESTED_KEYS.event,
  NESTED_KEYS.link,
].join(', ');

/**
 * Which attributes spans have, per hour and service: conditions on attributes are made from that (docs/adr/0026-traces.md). What is stored gets it in the background; until then its spans are looked at.
 */
export const SPAN_SHAPES: Migration = {
  version: 13,
  name: 'span-shapes',
  statements: ({ spans }) => [
    `ALTER TABLE ${spans} ADD PROJECTION IF NOT EXISTS shapes_by_hour (SELECT ${KEYS}, count() GROUP BY ${KEYS})`,
    `ALTER TABLE ${spans} MATERIALIZE PROJECTION shapes_by_hour SETTINGS mutations_sync = 0`,
  ],
};

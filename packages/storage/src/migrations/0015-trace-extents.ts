import { TRACE_EXTENT_KEYS, TRACE_EXTENT_PARTS } from '../drivers/clickhouse/span-query/trace-extents.ts';
import type { Migration } from './migration.ts';

const KEYS = TRACE_EXTENT_KEYS.join(', ');

/**
 * When each trace begins and ends, by the hours of its spans: the slowest traces are found by that (docs/adr/0026-traces.md). What is stored gets it in the background, a part at a time; until then its spans are looked at.
 */
export const TRACE_EXTENTS: Migration = {
  version: 15,
  name: 'trace-extents',
  statements: ({ spans }) => [
    `ALTER TABLE ${spans} ADD PROJECTION IF NOT EXISTS trace_extents (SELECT ${KEYS}, ${TRACE_EXTENT_PARTS.join(', ')} GROUP BY ${KEYS})`,
    `ALTER TABLE ${spans} MATERIALIZE PROJECTION trace_extents SETTINGS mutations_sync = 0`,
  ],
};

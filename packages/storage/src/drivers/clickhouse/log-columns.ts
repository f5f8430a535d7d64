import { LOG_LEVELS } from '@aegisguard/model';
import { ATTRIBUTE_COLUMNS, BATCH_COLUMNS, enumType, numbered } from './record-columns.ts';

/** Bytes of messages, of which nothing but their sizes is read: the engine does not read a part of the column by itself where an index or a projection is over the whole. */
export const MESSAGE_BYTES = 'sum(message.size)';

/** The stored number of each level; ascending with severity. */
export const LEVEL_NUMBERS = numbered(LOG_LEVELS, 1);

/**
 * The columns of an inserted row and the types they are sent as. The table stores some of the texts with a dictionary
 * (`migrations/0001-logs.ts`): the engine builds that faster than JavaScript would.
 */
export const LOG_INSERT_COLUMNS = [
  ['organization_id', 'UUID'],
  ['service', 'String'],
  ['timestamp', "DateTime64(9, 'UTC')"],
  ['level', enumType(LEVEL_NUMBERS)],
  ['severity_number', 'UInt8'],
  ['severity_text', 'String'],
  ['message', 'String'],
  ['host', 'String'],
  ['env', 'String'],
  ['version', 'String'],
  ['trace_id', 'String'],
  ['span_id', 'String'],
  ['scope_name', 'String'],
  ['scope_version', 'String'],
  ...ATTRIBUTE_COLUMNS,
  ['ingest_id', 'String'],
  ...BATCH_COLUMNS,
] as const;

import { EVENT_SEVERITIES, EVENT_SOURCES } from '@aegisguard/model';
import { ATTRIBUTE_COLUMNS, BATCH_COLUMNS, enumType, numbered } from './record-columns.ts';

/** The stored number of each severity and source. */
export const SEVERITY_NUMBERS = numbered(EVENT_SEVERITIES, 1);
export const SOURCE_NUMBERS = numbered(EVENT_SOURCES, 1);

/** The columns of an inserted row and the types they are sent as. */
export const SECURITY_EVENT_INSERT_COLUMNS = [
  ['organization_id', 'UUID'],
  ['timestamp', "DateTime64(9, 'UTC')"],
  ['type', 'String'],
  ['severity', enumType(SEVERITY_NUMBERS)],
  ['source', enumType(SOURCE_NUMBERS)],
  ['actor', 'String'],
  ['ip', 'String'],
  ['country', 'String'],
  ['target', 'String'],
  ['message', 'String'],
  ...ATTRIBUTE_COLUMNS,
  ['occurrences', 'UInt64'],
  ...BATCH_COLUMNS,
] as const;

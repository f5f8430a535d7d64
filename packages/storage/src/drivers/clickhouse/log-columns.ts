import { LOG_LEVELS, type LogLevel } from '@aegisguard/model';

/** The stored number of each level; ascending with severity. */
export const LEVEL_NUMBERS = Object.fromEntries(LOG_LEVELS.map((level, index) => [level, index + 1])) as Readonly<
  Record<LogLevel, number>
>;

const LEVEL_TYPE = `Enum8(${LOG_LEVELS.map((level) => `'${level}' = ${LEVEL_NUMBERS[level]}`).join(', ')})`;

/**
 * The columns of an inserted row and the types they are sent as, in the order of `log-encoder.ts`. The table stores some of the texts with a dictionary
 * (`migrations/0001-logs.ts`): the engine builds that faster than JavaScript would.
 */
export const LOG_INSERT_COLUMNS = [
  ['organization_id', 'UUID'],
  ['service', 'String'],
  ['timestamp', "DateTime64(9, 'UTC')"],
  ['level', LEVEL_TYPE],
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
  ['attribute_shape', 'String'],
  ['facets', 'Array(String)'],
  ['labels', 'Map(String, String)'],
  ['ingest_id', 'String'],
  ['truncated', 'Bool'],
  ['batch_id', 'FixedString(16)'],
  ['batch_index', 'UInt32'],
  ['received_at', "DateTime64(3, 'UTC')"],
  ['retention_days', 'UInt16'],
] as const;

/** A column of an inserted row. */
export type LogInsertColumn = (typeof LOG_INSERT_COLUMNS)[number][0];

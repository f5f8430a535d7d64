import { RUM_EVENT_TYPES } from '@aegisguard/model';
import { ATTRIBUTE_COLUMNS, BATCH_COLUMNS, enumType, numbered } from './record-columns.ts';

/** The stored number of each type of event. */
export const RUM_TYPE_NUMBERS = numbered(RUM_EVENT_TYPES, 1);

/** The columns of an inserted row and the types they are sent as. */
export const RUM_INSERT_COLUMNS = [
  ['organization_id', 'UUID'],
  ['session_id', 'String'],
  ['timestamp', "DateTime64(9, 'UTC')"],
  ['type', enumType(RUM_TYPE_NUMBERS)],
  ['application', 'String'],
  ['release', 'String'],
  ['env', 'String'],
  ['user_id', 'String'],
  ['view_id', 'String'],
  ['url', 'String'],
  ['name', 'String'],
  ['value', 'Float64'],
  ['duration_ms', 'Float64'],
  ['stack', 'String'],
  ...ATTRIBUTE_COLUMNS,
  ['data', 'String'],
  ...BATCH_COLUMNS,
] as const;

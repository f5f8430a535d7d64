import { SPAN_KINDS, SPAN_STATUSES } from '@aegisguard/model';
import { ATTRIBUTE_COLUMNS, BATCH_COLUMNS, enumType, numbered } from './record-columns.ts';

/** The stored numbers of kinds and statuses: those of OpenTelemetry. */
export const KIND_NUMBERS = numbered(SPAN_KINDS, 0);
export const STATUS_NUMBERS = numbered(SPAN_STATUSES, 0);

/** The columns of an inserted row and the types they are sent as. Ids are raw bytes; those of links are texts, for nothing is said of their form. */
export const SPAN_INSERT_COLUMNS = [
  ['organization_id', 'UUID'],
  ['service', 'String'],
  ['timestamp', "DateTime64(9, 'UTC')"],
  ['duration_nanos', 'UInt64'],
  ['trace_id', 'FixedString(16)'],
  ['span_id', 'FixedString(8)'],
  ['parent_span_id', 'FixedString(8)'],
  ['is_root', 'Bool'],
  ['name', 'String'],
  ['kind', enumType(KIND_NUMBERS)],
  ['status', enumType(STATUS_NUMBERS)],
  ['status_message', 'String'],
  ['trace_state', 'String'],
  ['host', 'String'],
  ['env', 'String'],
  ['version', 'String'],
  ['scope_name', 'String'],
  ['scope_version', 'String'],
  ...ATTRIBUTE_COLUMNS,
  ['events.timestamp', "Array(DateTime64(9, 'UTC'))"],
  ['events.name', 'Array(String)'],
  ['events.attributes', 'Array(String)'],
  ['events.dropped_attributes', 'Array(UInt32)'],
  ['links.trace_id', 'Array(String)'],
  ['links.span_id', 'Array(String)'],
  ['links.trace_state', 'Array(String)'],
  ['links.flags', 'Array(UInt32)'],
  ['links.attributes', 'Array(String)'],
  ['links.dropped_attributes', 'Array(UInt32)'],
  ['peer_type', 'String'],
  ['peer', 'String'],
  ['peer_system', 'String'],
  ...BATCH_COLUMNS,
] as const;

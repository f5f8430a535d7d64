import { type JsonValue, stringifyBounded } from '@aegisguard/model';
import { MESSAGE_BYTES_MAX } from '../records/record-limits.ts';

/** The kinds of value that an `AnyValue` may have, as a log's `bodyType` names them. */
export type AnyValueKind = 'string' | 'bool' | 'int' | 'double' | 'array' | 'map' | 'bytes';

/** An `int_value` as JSON: its digits as text when a double cannot hold it. */
export function jsonInteger(value: number | bigint): number | string {
  return typeof value === 'number' ? value : value.toString();
}

/** A `double_value` as JSON, which has no NaN and no infinities: those become texts. */
export function jsonDouble(value: number): number | string {
  return Number.isFinite(value) ? value : String(value);
}

/** A body as a message: JSON text for what has members, the plain text of everything else, base64 for bytes. At most a little longer than a message may be. */
export function bodyText(value: JsonValue): string {
  if (typeof value === 'string') {
    return value;
  }
  if (value === null) {
    return '';
  }
  return typeof value === 'object' ? stringifyBounded(value, MESSAGE_BYTES_MAX) : String(value);
}

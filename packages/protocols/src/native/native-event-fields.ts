import { EVENT_SEVERITIES, type EventSeverity, type JsonValue } from '@aegisguard/model';
import { isJsonObject } from '../json/is-json-object.ts';
import type { FieldRule } from './undeclared-fields.ts';

const FIELD_NAMES: ReadonlySet<string> = new Set(['type', 'severity', 'timestamp', 'actor', 'ip', 'target', 'message']);

/** Which members of a security event are fields. */
export const EVENT_FIELDS: FieldRule = {
  isField: (event, key) => FIELD_NAMES.has(key) || (key === 'attributes' && isJsonObject(event.attributes)),
  restOf: (_, value) => value,
};

/** An event's severity; `undefined` for what is none. */
export function readSeverity(severity: JsonValue | undefined): EventSeverity | undefined {
  return EVENT_SEVERITIES.find((known) => known === severity);
}

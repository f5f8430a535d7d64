import { type JsonObject, type JsonValue, RUM_EVENT_TYPES, type RumEventType, setMember } from '@aegisguard/model';
import { isJsonObject } from '../json/is-json-object.ts';
import type { FieldRule } from './undeclared-fields.ts';

const HEADER_FIELD_NAMES: ReadonlySet<string> = new Set([
  'application',
  'release',
  'env',
  'sessionId',
  'userId',
  'events',
]);

const EVENT_FIELD_NAMES: ReadonlySet<string> = new Set([
  'type',
  'timestamp',
  'viewId',
  'url',
  'name',
  'value',
  'durationMs',
  'stack',
  'data',
]);

/** Which members of a RUM event are fields. */
export const RUM_EVENT_FIELDS: FieldRule = {
  isField: (event, key) => EVENT_FIELD_NAMES.has(key) || (key === 'attributes' && isJsonObject(event.attributes)),
  restOf: (_, value) => value,
};

/** The members of a RUM body that are no fields, those of its `attributes` among them: they are attributes of each of its events. */
export function undeclaredHeader(header: JsonObject): JsonObject {
  const rest: JsonObject = {};
  for (const key in header) {
    const isAttributes = key === 'attributes' && isJsonObject(header.attributes);
    if (!HEADER_FIELD_NAMES.has(key) && !isAttributes) {
      setMember(rest, key, header[key] ?? null);
    }
  }
  if (isJsonObject(header.attributes)) {
    for (const key in header.attributes) {
      setMember(rest, key, header.attributes[key] ?? null);
    }
  }
  return rest;
}

/** An event's type; `undefined` for what is none. */
export function readRumType(type: JsonValue | undefined): RumEventType | undefined {
  return RUM_EVENT_TYPES.find((known) => known === type);
}

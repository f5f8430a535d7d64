import { ATTRIBUTE_COUNT_MAX, countLeaves, type JsonObject, type JsonValue, setMember } from '@aegisguard/model';
import { isJsonObject } from '../json/is-json-object.ts';

/** Before the name of a record field that is also a declared attribute: the attribute keeps the name, the field moves here. */
const CLASHING_FIELD = 'aegis.record.';

/** Says which members of a native object are fields with a meaning of their own; all others are kept as attributes. */
export interface FieldRule {
  /** True when a member is such a field. `attributes` must be one exactly when it is an object. */
  isField(record: JsonObject, key: string): boolean;
  /** What of a member that is none is kept; `null` for nothing. */
  restOf(key: string, value: JsonValue): JsonValue;
}

/** How many attributes a native object has: the leaves of `attributes` and of every member that is kept as one. Counts no further than just beyond the limit. */
export function countUndeclared(record: JsonObject, rule: FieldRule): number {
  let count = isJsonObject(record.attributes) ? countLeaves(record.attributes, ATTRIBUTE_COUNT_MAX) : 0;
  for (const key in record) {
    if (count > ATTRIBUTE_COUNT_MAX) {
      break;
    }
    if (!rule.isField(record, key)) {
      count += countLeaves(rule.restOf(key, record[key] ?? null), ATTRIBUTE_COUNT_MAX - count, 1);
    }
  }
  return count;
}

/** Adds a field to the attributes; one that is declared there already keeps the name. */
function addUndeclared(attributes: JsonObject, key: string, value: JsonValue): void {
  if (value !== null) {
    setMember(attributes, Object.hasOwn(attributes, key) ? `${CLASHING_FIELD}${key}` : key, value);
  }
}

/** The attributes of a native object, with every member that is no field. Takes the object apart. */
export function collectUndeclared(record: JsonObject, rule: FieldRule): JsonObject {
  const attributes = isJsonObject(record.attributes) ? record.attributes : {};
  for (const key in record) {
    if (!rule.isField(record, key)) {
      addUndeclared(attributes, key, rule.restOf(key, record[key] ?? null));
    }
  }
  return attributes;
}

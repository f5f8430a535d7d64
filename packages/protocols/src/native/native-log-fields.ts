import { type JsonObject, type JsonValue, setMember } from '@aegisguard/model';
import { isJsonObject } from '../json/is-json-object.ts';
import { countUndeclared, type FieldRule } from './undeclared-fields.ts';

/** True for what counts as "nothing was sent". */
export function isAbsent(value: JsonValue | undefined): boolean {
  return value === undefined || value === null || value === '';
}

/**
 * True when a member of a native log is a field with a meaning of its own, so not an attribute. An alias is one only while the name it stands for is absent; `scope`
 * and `attributes`, `resource` of a wrong type are not, so that a client's own field of that name is kept.
 */
function isNativeField(log: JsonObject, key: string): boolean {
  switch (key) {
    case 'timestamp':
    case 'level':
    case 'service':
    case 'message':
    case 'host':
    case 'env':
    case 'version':
    case 'traceId':
    case 'spanId':
    case 'ingestId':
      return true;
    case 'attributes':
    case 'resource':
      return isJsonObject(log[key]);
    case 'trace_id':
      return isAbsent(log.traceId);
    case 'span_id':
      return isAbsent(log.spanId);
    default:
      return false;
  }
}

/** The name or version in a `scope`, `''` when there is none. */
export function scopeText(scope: JsonValue | undefined, key: 'name' | 'version'): string {
  const value = isJsonObject(scope) ? scope[key] : undefined;
  return isScopeText(value) ? String(value) : '';
}

function isScopeText(value: JsonValue | undefined): boolean {
  return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean';
}

/** What of a `scope` is neither its name nor its version, to be kept as an attribute; `null` when nothing is left. */
export function scopeRest(scope: JsonValue): JsonValue {
  if (!isJsonObject(scope)) {
    return scope;
  }
  const rest: JsonObject = {};
  let isEmpty = true;
  for (const key in scope) {
    const value = scope[key] ?? null;
    if (!((key === 'name' || key === 'version') && isScopeText(value))) {
      setMember(rest, key, value);
      isEmpty = false;
    }
  }
  return isEmpty ? null : rest;
}

/** Which members of a native log are fields. */
export const LOG_FIELDS: FieldRule = {
  isField: isNativeField,
  restOf: (key, value) => (key === 'scope' ? scopeRest(value) : value),
};

/** How many attributes a native log has. Counts no further than just beyond the limit. */
export function countNativeAttributes(log: JsonObject): number {
  return countUndeclared(log, LOG_FIELDS);
}

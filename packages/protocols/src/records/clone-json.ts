import type { JsonObject, JsonValue } from '@aegisguard/model';

function cloneValue(value: JsonValue): JsonValue {
  if (typeof value !== 'object' || value === null) {
    return value;
  }
  return Array.isArray(value) ? value.map(cloneValue) : cloneJson(value);
}

/** A copy that shares nothing with the object. Recurses as deep as it is nested, so only for what was brought within bounds. */
export function cloneJson(object: JsonObject): JsonObject {
  const copy = { ...object };
  for (const key in copy) {
    const value = copy[key];
    if (typeof value === 'object' && value !== null) {
      copy[key] = cloneValue(value);
    }
  }
  return copy;
}

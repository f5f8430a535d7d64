import type { JsonObject, JsonValue } from '@aegisguard/model';

/** True for an object that is no array. */
export function isJsonObject(value: JsonValue | undefined): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

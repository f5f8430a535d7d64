import type { JsonObject, JsonValue } from './json.ts';

/** Sets a member whatever its name: assigning `__proto__` would change the object's prototype instead. */
export function setMember(object: JsonObject, key: string, value: JsonValue): void {
  if (key === '__proto__') {
    Object.defineProperty(object, key, { value, enumerable: true, writable: true, configurable: true });
  } else {
    object[key] = value;
  }
}

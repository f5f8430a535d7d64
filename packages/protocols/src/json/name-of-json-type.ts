import type { JsonValue } from '@aegisguard/model';

/** What a value is, for an error message. */
export function nameOfJsonType(value: JsonValue | undefined): string {
  if (value === undefined) {
    return 'nothing';
  }
  return value === null ? 'null' : Array.isArray(value) ? 'an array' : `a JSON ${typeof value}`;
}

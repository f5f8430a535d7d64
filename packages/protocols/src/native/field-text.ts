import { type JsonValue, stringifyBounded } from '@aegisguard/model';

/** A field's text: scalars as JSON writes them, `''` when absent, containers as JSON text, not much longer than `bytesMax`. */
export function fieldText(value: JsonValue | undefined, bytesMax: number): string {
  if (typeof value === 'string') {
    return value;
  }
  if (value === undefined || value === null) {
    return '';
  }
  return typeof value === 'object' ? stringifyBounded(value, bytesMax) : String(value);
}

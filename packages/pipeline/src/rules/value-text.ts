import type { JsonValue } from '@aegisguard/model';

const EXPONENT = /e/;

/** A number without an exponent, as Go's `FormatFloat(x, 'f', -1, 64)` writes it. */
export function plainNumber(value: number): string {
  const text = String(value);
  if (!EXPONENT.test(text)) {
    return text;
  }
  return Number.isInteger(value) ? BigInt(value).toString() : value.toFixed(100).replace(/\.?0+$/, '');
}

/** An extracted value as a text: of a list or an object its JSON; undefined for null, which is no value. */
export function valueText(value: JsonValue | undefined): string | undefined {
  switch (typeof value) {
    case 'string':
      return value;
    case 'number':
      return plainNumber(value);
    case 'boolean':
      return String(value);
    default:
      return value === null || value === undefined ? undefined : JSON.stringify(value);
  }
}

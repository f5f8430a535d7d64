import type { JsonValue } from '@aegisguard/model';

const SCIENTIFIC = /^(-?)(\d)(?:\.(\d+))?e([+-]\d+)$/;

/** A number without an exponent, as Go's `FormatFloat(x, 'f', -1, 64)` writes it. */
function plainNumber(value: number): string {
  const text = String(value);
  const [, sign, first = '', rest = '', exponent = ''] = SCIENTIFIC.exec(text) ?? [];
  if (sign === undefined) {
    return text;
  }
  const digits = `${first}${rest}`;
  const places = Number(exponent);
  return places < 0 ? `${sign}0.${'0'.repeat(-places - 1)}${digits}` : `${sign}${digits.padEnd(places + 1, '0')}`;
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

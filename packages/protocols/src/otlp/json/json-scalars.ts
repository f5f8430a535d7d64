// https://protobuf.dev/programming-guides/json/
import type { JsonValue } from '@aegisguard/model';

const UINT64_MAX = 2n ** 64n - 1n;
const UINT32_MAX = 2 ** 32 - 1;
const INT64_MAX = 2n ** 63n - 1n;
const INT64_MIN = -(2n ** 63n);
/** Longer texts are no number of 64 bits, whatever their form; it bounds what a hostile one costs. */
const NUMBER_LENGTH_MAX = 40;
const DIGITS = /^-?\d{1,24}$/;
const DECIMAL = /^[+-]?(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?$/i;

/** A whole number as a bigint: a JSON number, or a text of digits, also with a fraction of zeros or an exponent. */
function parseWhole(value: JsonValue): bigint | undefined {
  if (typeof value === 'string' && value.length <= NUMBER_LENGTH_MAX) {
    if (DIGITS.test(value)) {
      return BigInt(value);
    }
    return DECIMAL.test(value) ? parseWhole(Number(value)) : undefined;
  }
  return typeof value === 'number' && Number.isInteger(value) ? BigInt(value) : undefined;
}

/** `fixed64` and `uint64`; `undefined` for what is none. */
export function parseUint64(value: JsonValue): bigint | undefined {
  const whole = parseWhole(value);
  return whole !== undefined && whole >= 0n && whole <= UINT64_MAX ? whole : undefined;
}

/** `int64`, as a number where a double holds it exactly. */
export function parseInt64(value: JsonValue): number | bigint | undefined {
  if (Number.isSafeInteger(value)) {
    return value as number;
  }
  const whole = parseWhole(value);
  if (whole === undefined || whole < INT64_MIN || whole > INT64_MAX) {
    return undefined;
  }
  const number = Number(whole);
  return Number.isSafeInteger(number) ? number : whole;
}

/** `uint32` and `fixed32`. */
export function parseUint32(value: JsonValue): number | undefined {
  const number = typeof value === 'number' ? value : Number(parseWhole(value) ?? Number.NaN);
  return Number.isInteger(number) && number >= 0 && number <= UINT32_MAX ? number : undefined;
}

/** `double`: a number, a number as text, or the names of what JSON has no numbers for. */
export function parseDouble(value: JsonValue): number | undefined {
  if (typeof value === 'number') {
    return value;
  }
  if (typeof value !== 'string') {
    return undefined;
  }
  if (value === 'NaN') {
    return Number.NaN;
  }
  const unsigned = value.startsWith('-') ? value.slice(1) : value;
  if (unsigned === 'Infinity') {
    return value === unsigned ? Number.POSITIVE_INFINITY : Number.NEGATIVE_INFINITY;
  }
  return value.length <= 400 && DECIMAL.test(value) ? Number(value) : undefined;
}

/** An enum's number: as such, as text, or as one of the names, of which the place is the number; -1, which no enum has, for another name. */
export function parseEnum(value: JsonValue, prefix: string, names: readonly string[]): number | undefined {
  if (typeof value === 'number') {
    return Number.isInteger(value) ? value : undefined;
  }
  if (typeof value !== 'string') {
    return undefined;
  }
  const whole = parseWhole(value);
  return whole === undefined ? names.findIndex((name) => value === prefix + name.toUpperCase()) : Number(whole);
}

// Numbers as Go reads them: https://pkg.go.dev/strconv#ParseFloat
import { type Conversion, quoted } from './conversion.ts';

const DECIMAL = /^[+-]?(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:[eE][+-]?[0-9]+)?$/;
const WORD = /^([+-]?)(?:(inf|infinity)|nan)$/i;
const HEXADECIMAL = /^([+-]?)0x([0-9a-f]*)\.?([0-9a-f]*)p([+-]?[0-9]+)$/i;
/** Digits behind these change nothing in a number of 64 bits. */
const HEX_DIGITS_MAX = 32;

/** Reads decimal and hexadecimal numbers, infinities and NaN. */
export function parseFloat64(text: string): Conversion {
  if (DECIMAL.test(text)) {
    const value = Number(text);
    return Number.isFinite(value)
      ? value
      : { problem: `strconv.ParseFloat: parsing ${quoted(text)}: value out of range` };
  }
  const word = WORD.exec(text);
  if (word !== null) {
    const value = word[2] === undefined ? Number.NaN : Number.POSITIVE_INFINITY;
    return word[1] === '-' ? -value : value;
  }
  return parseHexadecimal(text) ?? { problem: `strconv.ParseFloat: parsing ${quoted(text)}: invalid syntax` };
}

function parseHexadecimal(text: string): number | undefined {
  const [, sign, whole = '', fraction = '', exponent = ''] = HEXADECIMAL.exec(text) ?? [];
  const digits = whole + fraction;
  if (digits === '' || digits.length > HEX_DIGITS_MAX) {
    return;
  }
  const value = Number(`0x${digits}`) * 2 ** (Number(exponent) - 4 * fraction.length);
  return sign === '-' ? -value : value;
}

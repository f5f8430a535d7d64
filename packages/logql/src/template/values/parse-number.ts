// Numbers as Go's strconv reads them: https://pkg.go.dev/strconv#ParseInt, https://pkg.go.dev/strconv#ParseFloat

import { parseFloat64 } from '../../pipeline/convert/parse-float.ts';

const DECIMAL = /^[+-]?[0-9]+$/;
const PREFIXED =
  /^([+-]?)(0[xX]_?[0-9a-fA-F]+(?:_[0-9a-fA-F]+)*|0[bB]_?[01]+(?:_[01]+)*|0[oO]?_?[0-7]+(?:_[0-7]+)*|0|[1-9][0-9]*(?:_[0-9]+)*)$/;
const UNDERSCORED =
  /^[+-]?(?:0[xX]_?)?[0-9a-fA-F]+(?:_[0-9a-fA-F]+)*(?:\.(?:[0-9a-fA-F]+(?:_[0-9a-fA-F]+)*)?)?(?:[eEpP][+-]?[0-9]+(?:_[0-9]+)*)?$/;
/** Longer ones are out of range, or zeros. */
const DIGITS_MAX = 400;

const INT64_MAX = 2n ** 63n - 1n;
const INT64_MIN = -(2n ** 63n);

/** An integer of 64 bits; `anyBase` also takes `0x`, `0b`, `0o`, a leading zero for octal, and underscores. */
export function parseInteger(text: string, anyBase: boolean): bigint | undefined {
  if (text.length > DIGITS_MAX) {
    return;
  }
  let value: bigint;
  if (anyBase) {
    const match = PREFIXED.exec(text);
    if (match === null) {
      return;
    }
    const [, sign, digits = ''] = match;
    const plain = digits.replaceAll('_', '').toLowerCase();
    const magnitude = BigInt(/^0[0-7]/.test(plain) ? `0o${plain.slice(1)}` : plain);
    value = sign === '-' ? -magnitude : magnitude;
  } else {
    if (!DECIMAL.test(text)) {
      return;
    }
    value = BigInt(text.startsWith('+') ? text.slice(1) : text);
  }
  return value >= INT64_MIN && value <= INT64_MAX ? value : undefined;
}

/** A floating point number; undefined where Go reports an error, an overflow among them. `allowsUnderscores` is Go's syntax of literals. */
export function parseFloatNumber(text: string, allowsUnderscores = false): number | undefined {
  const isSeparated = allowsUnderscores && text.includes('_') && UNDERSCORED.test(text);
  const value = parseFloat64(isSeparated ? text.replaceAll('_', '') : text);
  return typeof value === 'number' ? value : undefined;
}

import type { StaticValue } from '../ast/field-expression.ts';
import { INT_MAX, INT_MIN } from '../lex/read-number.ts';
import { quoteText } from './quote-text.ts';

/** The units of Tempo's documentation and their nanoseconds, longest first. */
const UNITS: readonly (readonly [name: string, nanos: bigint])[] = [
  ['h', 3_600_000_000_000n],
  ['m', 60_000_000_000n],
  ['s', 1_000_000_000n],
  ['ms', 1_000_000n],
  ['us', 1000n],
  ['ns', 1n],
];

function printDuration(nanos: bigint): string {
  let rest = nanos < 0n ? -nanos : nanos;
  let text = '';
  for (const [name, size] of UNITS) {
    const count = rest / size;
    text += count > 0n ? `${count}${name}` : '';
    rest -= count * size;
  }
  return text === '' ? '0s' : (nanos < 0n ? '-' : '') + text;
}

/** A number that is read as a float again: `1.0`, `-0.0`, `1e+21`. */
function printFloat(value: number): string {
  const text = Object.is(value, -0) ? '-0' : String(value);
  return /[.e]/.test(text) ? text : `${text}.0`;
}

/** A number of a query of series: `100`, `0.5`. */
export function printNumber(value: number): string {
  return Number.isSafeInteger(value) && !Object.is(value, -0) ? String(value) : printFloat(value);
}

function printInt(value: bigint): string {
  return value === INT_MAX ? 'maxInt' : value === INT_MIN ? 'minInt' : String(value);
}

/** A value as the parser reads it. */
export function printValue(value: StaticValue): string {
  switch (value.type) {
    case 'string':
      return quoteText(value.value);
    case 'int':
      return printInt(value.value);
    case 'float':
      return printFloat(value.value);
    case 'duration':
      return printDuration(value.value);
    case 'nil':
      return 'nil';
    default:
      return String(value.value);
  }
}

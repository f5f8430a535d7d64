import { parseDuration } from '@aegisguard/model';
import type { NumericValue } from '../ast/field-expression.ts';
import { shorten } from './token.ts';

const INT = /^\d+$/;
const FLOAT = /^(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?$/;
/** More digits than any number of 64 bits has, leading zeros aside. */
const INT_LENGTH_MAX = 40;

/** The largest whole number and, in nanoseconds, the longest duration: https://go.dev/ref/spec#Numeric_types */
export const INT_MAX = 2n ** 63n - 1n;
export const INT_MIN = -(2n ** 63n);

/** Reads a number without a sign, or a duration; a sentence for what is neither. */
export function readNumber(text: string): NumericValue | string {
  if (INT.test(text)) {
    const value = text.length > INT_LENGTH_MAX ? INT_MAX + 1n : BigInt(text);
    return value > INT_MAX ? `the whole number ${shorten(text)} has more than 64 bits` : { type: 'int', value };
  }
  if (FLOAT.test(text)) {
    const value = Number(text);
    return Number.isFinite(value) ? { type: 'float', value } : `the number ${shorten(text)} is too large`;
  }
  const nanos = parseDuration(text.startsWith('.') ? `0${text}` : text);
  if (nanos === undefined) {
    return `${shorten(text)} is neither a number nor a duration such as 100ms or 1h30m`;
  }
  return nanos > INT_MAX ? `the duration ${shorten(text)} is too long` : { type: 'duration', value: nanos };
}

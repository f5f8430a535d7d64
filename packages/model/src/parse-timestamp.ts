import { civilDays, nanosOf, SECONDS_PER_DAY } from './civil-time.ts';
import { parseCalendarTime } from './parse-calendar-time.ts';
import { parseRfc3339 } from './parse-rfc3339.ts';
import { type UnixNanos, unixNanos } from './unix-nanos.ts';

// A Unix time's unit is told by its magnitude: 1e11 is the year 5138 in seconds and 1973 in milliseconds, and so on by thousands.
const SECONDS_BELOW = 1e11;
const MILLIS_BELOW = 1e14;
const MICROS_BELOW = 1e17;
/** Beyond this no unit gives a year below 10000; it also bounds the digits that a hostile text can make us convert. */
const DIGITS_MAX = 20;
/** The centuries that logs are of, and nothing but digits. */
const DATE_DIGITS = /^(?:19|20)\d+$/;
const UNIX_TEXT = /^([+-]?)(\d+)(?:[.,](\d+))?$/;

/** How many decimal places the unit of a Unix time is away from nanoseconds. */
function decimalsOf(magnitude: number): 9 | 6 | 3 | 0 {
  if (magnitude < SECONDS_BELOW) {
    return 9;
  }
  if (magnitude < MILLIS_BELOW) {
    return 6;
  }
  return magnitude < MICROS_BELOW ? 3 : 0;
}

function parseUnixText(text: string): UnixNanos | undefined {
  const match = UNIX_TEXT.exec(text);
  if (match === null) {
    return undefined;
  }
  const [, sign, whole = '', fraction = ''] = match;
  const digits = whole.replace(/^0+(?=\d)/, '');
  if (digits.length > DIGITS_MAX) {
    return undefined;
  }
  const decimals = decimalsOf(Number(digits));
  const nanos = BigInt(digits + fraction.slice(0, decimals).padEnd(decimals, '0'));
  return unixNanos(sign === '-' ? -nanos : nanos);
}

function parseUnixNumber(value: number): UnixNanos | undefined {
  if (Number.isSafeInteger(value)) {
    const decimals = decimalsOf(Math.abs(value));
    return unixNanos(BigInt(value) * (decimals === 9 ? 1_000_000_000n : decimals === 6 ? 1_000_000n : 1000n));
  }
  // Through the shortest decimal form, which is what the client wrote as long as it wrote at most 15 digits: 1700000000.123456 has no exact double.
  return Number.isInteger(value) ? parseUnixText(value.toFixed(0)) : parseUnixText(String(value));
}

/**
 * Digits that are a date: `YYYYMMDD`, with `hhmmss` behind, with a fraction of three or six digits behind that. As Unix times they would lie in 1970 or after 2600, and so mean nothing.
 * `undefined` for others.
 */
function parseDigitsDate(text: string): UnixNanos | undefined {
  if (
    (text.length !== 8 && text.length !== 14 && text.length !== 17 && text.length !== 20) ||
    !DATE_DIGITS.test(text)
  ) {
    return undefined;
  }
  const part = (from: number, to: number): number => Number(text.slice(from, to));
  const days = civilDays(part(0, 4), part(4, 6), part(6, 8));
  const hour = part(8, 10);
  const minute = part(10, 12);
  const second = part(12, 14);
  if (Number.isNaN(days) || hour > 23 || minute > 59 || second > 59) {
    return undefined;
  }
  return nanosOf(days * SECONDS_PER_DAY + hour * 3600 + minute * 60 + second, Number(text.slice(14).padEnd(9, '0')));
}

/**
 * Reads an event's time as clients send it: RFC 3339 in its variants (`parseRfc3339`); Unix seconds, milliseconds, microseconds or nanoseconds as a number or a decimal
 * text, told apart by magnitude, with or without a fraction; or another form of date and time that loggers write (`parseCalendarTime`), of which those without a year need the time of receipt. The result may lie outside
 * what storage can hold. `undefined` when it is none of these.
 */
export function parseTimestamp(value: string | number, receivedAt?: UnixNanos): UnixNanos | undefined {
  if (typeof value === 'number') {
    return parseUnixNumber(value);
  }
  return parseRfc3339(value) ?? parseDigitsDate(value) ?? parseUnixText(value) ?? parseCalendarTime(value, receivedAt);
}

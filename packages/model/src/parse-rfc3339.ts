// https://www.rfc-editor.org/rfc/rfc3339#section-5.6, and its nearest variants: the fast path of `parseTimestamp`.
import { civilDays, nanosOf, SECONDS_PER_DAY } from './civil-time.ts';
import type { UnixNanos } from './unix-nanos.ts';

const ZERO = 48;
const POWERS_OF_TEN = [1_000_000_000, 100_000_000, 10_000_000, 1_000_000, 100_000, 10_000, 1000, 100, 10, 1];

/** Two ASCII digits at `at`; NaN when they are not, which every later comparison refuses. */
function twoDigits(text: string, at: number): number {
  const tens = text.charCodeAt(at) - ZERO;
  const units = text.charCodeAt(at + 1) - ZERO;
  return tens >= 0 && tens <= 9 && units >= 0 && units <= 9 ? tens * 10 + units : Number.NaN;
}

/** `YYYY-MM-DD` at the beginning of the text as days from the epoch, or NaN. */
function scanDate(text: string): number {
  const year = twoDigits(text, 0) * 100 + twoDigits(text, 2);
  return text.charCodeAt(4) === 45 && text.charCodeAt(7) === 45
    ? civilDays(year, twoDigits(text, 5), twoDigits(text, 8))
    : Number.NaN;
}

/** The offset that fills the rest of the text, in seconds east of UTC: nothing and `Z` are UTC; `+hh`, `+hhmm`, `+hh:mm`; NaN otherwise. */
function scanOffset(text: string, from: number): number {
  // One blank before the zone, as Go's and Ruby's default forms have it.
  const at = text.charCodeAt(from) === 32 && from + 1 < text.length ? from + 1 : from;
  const length = text.length - at;
  if (length === 0) {
    return 0;
  }
  const sign = text.charCodeAt(at);
  if (length === 1) {
    return sign === 90 || sign === 122 ? 0 : Number.NaN;
  }
  if (sign !== 43 && sign !== 45) {
    return Number.NaN;
  }
  const hours = twoDigits(text, at + 1);
  const withColon = text.charCodeAt(at + 3) === 58;
  const minutes = length === 3 ? 0 : twoDigits(text, withColon ? at + 4 : at + 3);
  if (!(hours <= 23 && minutes <= 59) || (length !== 3 && length !== (withColon ? 6 : 5))) {
    return Number.NaN;
  }
  const seconds = hours * 3600 + minutes * 60;
  return sign === 43 ? seconds : -seconds;
}

/** Where the run of ASCII digits that begins at `from` ends. */
function skipDigits(text: string, from: number): number {
  let at = from;
  for (let code = text.charCodeAt(at); code >= ZERO && code <= 57; code = text.charCodeAt(at)) {
    at += 1;
  }
  return at;
}

/** The first nine of the fraction's digits as nanoseconds; what is finer is cut off. */
function scanFraction(text: string, from: number, end: number): number {
  const last = Math.min(end, from + 9);
  let nanos = 0;
  for (let at = from; at < last; at += 1) {
    nanos = nanos * 10 + text.charCodeAt(at) - ZERO;
  }
  return nanos * (POWERS_OF_TEN[last - from] ?? 1);
}

/**
 * Reads an RFC 3339 date-time to the nanosecond, and its common variants: `t`, `z` or a blank as separators, a comma before the fraction, any number of fractional
 * digits, offsets as `+hhmm` or `+hh`, no offset (taken as UTC), no seconds, a date alone (midnight UTC). A leap second must be the last second of a UTC day and is
 * the same instant as the next midnight, as POSIX time has it. `undefined` for everything else.
 */
export function parseRfc3339(text: string): UnixNanos | undefined {
  const days = scanDate(text);
  if (Number.isNaN(days)) {
    return undefined;
  }
  if (text.length === 10) {
    return nanosOf(days * SECONDS_PER_DAY, 0);
  }
  const separator = text.charCodeAt(10);
  const hour = twoDigits(text, 11);
  const minute = twoDigits(text, 14);
  if (
    !(hour <= 23 && minute <= 59) ||
    text.charCodeAt(13) !== 58 ||
    (separator !== 84 && separator !== 116 && separator !== 32)
  ) {
    return undefined;
  }
  let second = 0;
  let nanos = 0;
  let end = 16;
  if (text.charCodeAt(16) === 58) {
    second = twoDigits(text, 17);
    end = 19;
    const point = text.charCodeAt(19);
    if (point === 46 || point === 44) {
      end = skipDigits(text, 20);
      nanos = end === 20 ? Number.NaN : scanFraction(text, 20, end);
    }
  }
  const offset = scanOffset(text, end);
  if (!(second <= 60 && nanos >= 0) || Number.isNaN(offset)) {
    return undefined;
  }
  const seconds = days * SECONDS_PER_DAY + hour * 3600 + minute * 60 + second - offset;
  return second === 60 && seconds % SECONDS_PER_DAY !== 0 ? undefined : nanosOf(seconds, nanos);
}

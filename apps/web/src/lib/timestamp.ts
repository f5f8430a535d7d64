import { type UnixNanos, unixNanos } from '@aegisguard/model';

const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'] as const;
const RFC3339_UTC = /^(\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2})(?:\.(\d{1,9}))?Z$/;

/** Nanoseconds of an RFC 3339 time in UTC, the form of every time in an answer; undefined for anything else. */
export function parseTimestamp(text: string): UnixNanos | undefined {
  const match = RFC3339_UTC.exec(text);
  const seconds = match === null ? Number.NaN : Date.parse(`${match[1]}Z`);
  if (match === null || Number.isNaN(seconds)) {
    return undefined;
  }
  return unixNanos(BigInt(seconds) * 1_000_000n + BigInt((match[2] ?? '').padEnd(9, '0')));
}

/** Unix ms, cut, of a time in an answer; NaN when it is not one. */
export function timestampMs(text: string): number {
  return Date.parse(text.length > 24 ? `${text.slice(0, 23)}Z` : text);
}

function two(value: number): string {
  return value < 10 ? `0${value}` : String(value);
}

/** `Nov 22`, in the local time zone. */
export function formatDay(ms: number): string {
  const date = new Date(ms);
  return `${MONTHS[date.getMonth()]} ${two(date.getDate())}`;
}

/** `21:57:03`, in the local time zone. */
export function formatClock(ms: number): string {
  const date = new Date(ms);
  return `${two(date.getHours())}:${two(date.getMinutes())}:${two(date.getSeconds())}`;
}

/** `21:57:03.123`, in the local time zone. */
export function formatClockMs(ms: number): string {
  return `${formatClock(ms)}.${String(new Date(ms).getMilliseconds()).padStart(3, '0')}`;
}

/** `2026-11-22 21:57:03`, in the local time zone: what the time fields show and read; milliseconds only where there are any. */
export function formatLocal(ms: number): string {
  const date = new Date(ms);
  const day = `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())}`;
  return `${day} ${date.getMilliseconds() === 0 ? formatClock(ms) : formatClockMs(ms)}`;
}

/** The name of the local time zone with its offset, e.g. `Europe/Berlin (UTC+1)`. */
export function localZone(atMs: number): string {
  const minutes = -new Date(atMs).getTimezoneOffset();
  const sign = minutes < 0 ? '−' : '+';
  const rest = Math.abs(minutes) % 60;
  const offset = `${sign}${Math.floor(Math.abs(minutes) / 60)}${rest === 0 ? '' : `:${two(rest)}`}`;
  const { timeZone } = Intl.DateTimeFormat().resolvedOptions();
  return minutes === 0 && timeZone === 'UTC' ? 'UTC' : `${timeZone} (UTC${offset})`;
}

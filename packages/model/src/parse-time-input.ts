import { parseDuration } from './duration.ts';
import { parseTimestamp } from './parse-timestamp.ts';
import { UNIX_NANOS_MAX, UNIX_NANOS_MIN, type UnixNanos, unixNanos } from './unix-nanos.ts';

const LENGTH_MAX = 128;
const RELATIVE = /^now((?:[+-][0-9a-zµμ.]+)*)$/;
const OFFSET = /([+-])([0-9a-zµμ.]+)/g;

/** `now`, `now-1h`, `now-1d+30m`. */
function parseRelative(text: string, now: UnixNanos): bigint | undefined {
  const match = RELATIVE.exec(text);
  if (match === null) {
    return undefined;
  }
  let time: bigint = now;
  for (const [, sign, duration = ''] of (match[1] ?? '').matchAll(OFFSET)) {
    const nanos = parseDuration(duration);
    if (nanos === undefined) {
      return undefined;
    }
    time = sign === '-' ? time - nanos : time + nanos;
  }
  return time;
}

/**
 * Reads a query's time (contract §4, "Times"): what `parseTimestamp` reads, or a time relative to `now`. Times outside what storage can hold become its first or
 * last instant, so that `now-100y` means "from the beginning". `undefined` when it is not a time.
 */
export function parseTimeInput(input: string | number, now: UnixNanos): UnixNanos | undefined {
  const text = typeof input === 'string' ? input.trim() : input;
  if (typeof text === 'string' && text.length > LENGTH_MAX) {
    return undefined;
  }
  const time =
    typeof text === 'string' && text.startsWith('now')
      ? parseRelative(text.replaceAll(' ', ''), now)
      : parseTimestamp(text, now);
  if (time === undefined) {
    return undefined;
  }
  if (time < UNIX_NANOS_MIN) {
    return UNIX_NANOS_MIN;
  }
  return time > UNIX_NANOS_MAX ? UNIX_NANOS_MAX : unixNanos(time);
}

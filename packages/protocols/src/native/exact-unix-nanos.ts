import type { JsonValue } from '@aegisguard/model';
import { isJsonObject } from '../json/is-json-object.ts';

/** Bounded, because a repetition over millions of digits would exhaust the regular expression's stack; a time of more digits is none in any unit. */
const TIMESTAMP_MEMBER = /"timestamp"\s*:\s*(-?\d{16,25})(?!\d)/g;

/** True for a time that was written as an integer which a double cannot hold: Unix nanoseconds as a JSON number. */
function isInexact(timestamp: JsonValue | undefined): timestamp is number {
  return typeof timestamp === 'number' && Number.isInteger(timestamp) && !Number.isSafeInteger(timestamp);
}

/**
 * Gives logs whose time is Unix nanoseconds as a JSON number the digits that were sent, as a text: a double is up to 128 ns off. The digits are found in the body, in
 * order, and taken only where they round to the double that was parsed, so that nothing else can slip in; where none are found the double stands.
 */
export function restoreUnixNanos(logs: readonly JsonValue[], bodyText: string): void {
  const inexact = new Map<number, string[]>();
  for (const log of logs) {
    if (isJsonObject(log) && isInexact(log.timestamp)) {
      inexact.set(log.timestamp, []);
    }
  }
  if (inexact.size === 0) {
    return;
  }
  for (const [, digits = ''] of bodyText.matchAll(TIMESTAMP_MEMBER)) {
    const found = inexact.get(Number(digits));
    // More than there are logs is never taken, however often a time stands elsewhere in the body.
    if (found !== undefined && found.length < logs.length) {
      found.push(digits);
    }
  }
  for (const log of logs) {
    if (isJsonObject(log) && isInexact(log.timestamp)) {
      log.timestamp = inexact.get(log.timestamp)?.shift() ?? log.timestamp;
    }
  }
}

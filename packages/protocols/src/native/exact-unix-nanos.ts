import type { JsonValue } from '@aegisguard/model';
import { isJsonObject } from '../json/is-json-object.ts';

/** The members that are times. */
type TimeMember = 'timestamp' | 'startTime' | 'endTime';

/** Bounded, because a repetition over millions of digits would exhaust the regular expression's stack; a time of more digits is none in any unit. */
const TIME_MEMBERS: Readonly<Record<TimeMember, RegExp>> = {
  timestamp: /"timestamp"\s*:\s*(-?\d{16,25})(?!\d)/g,
  startTime: /"startTime"\s*:\s*(-?\d{16,25})(?!\d)/g,
  endTime: /"endTime"\s*:\s*(-?\d{16,25})(?!\d)/g,
};

/** True for a time that was written as an integer which a double cannot hold: Unix nanoseconds as a JSON number. */
function isInexact(timestamp: JsonValue | undefined): timestamp is number {
  return typeof timestamp === 'number' && Number.isInteger(timestamp) && !Number.isSafeInteger(timestamp);
}

/**
 * Gives records one of whose times is Unix nanoseconds as a JSON number the digits that were sent, as a text: a double is up to 128 ns off. The digits are found in the body, in
 * order, and taken only where they round to the double that was parsed, so that nothing else can slip in; where none are found the double stands.
 */
export function restoreUnixNanos(records: readonly JsonValue[], member: TimeMember, bodyText: string): void {
  const inexact = new Map<number, string[]>();
  for (const record of records) {
    if (isJsonObject(record) && isInexact(record[member])) {
      inexact.set(record[member], []);
    }
  }
  if (inexact.size === 0) {
    return;
  }
  for (const [, digits = ''] of bodyText.matchAll(TIME_MEMBERS[member])) {
    const found = inexact.get(Number(digits));
    // More than there are records is never taken, however often a time stands elsewhere in the body.
    if (found !== undefined && found.length < records.length) {
      found.push(digits);
    }
  }
  // Taken from the end: taking from the front of a long array moves all the rest of it.
  for (const record of records.toReversed()) {
    if (isJsonObject(record) && isInexact(record[member])) {
      record[member] = inexact.get(record[member])?.pop() ?? record[member];
    }
  }
}

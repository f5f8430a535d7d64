import { formatRfc3339Nanos, type JsonObject, UNIX_NANOS_MAX, type UnixNanos, unixNanos } from '@aegisguard/model';
import type { EventWindow } from '../records/event-window.ts';
import { ORIGINAL_TIMESTAMP } from '../records/original-timestamp.ts';

/** A record's time, or that of receipt when it lies too far ahead; what was sent is then kept among the attributes (contract §6, "Records"). */
export function storableTime(time: bigint, attributes: JsonObject, window: EventWindow): UnixNanos {
  const sent = unixNanos(time);
  if (window.ageOf(sent) === 'in-window') {
    return sent;
  }
  attributes[ORIGINAL_TIMESTAMP] = formatRfc3339Nanos(sent);
  return window.receivedAt;
}

/** The time of something inside a record, which may be any that storage can hold; what was sent instead is kept among its attributes. */
export function storablePartTime(time: bigint, attributes: JsonObject): UnixNanos {
  const sent = unixNanos(time);
  if (sent <= UNIX_NANOS_MAX) {
    return sent;
  }
  attributes[ORIGINAL_TIMESTAMP] = formatRfc3339Nanos(sent);
  return UNIX_NANOS_MAX;
}

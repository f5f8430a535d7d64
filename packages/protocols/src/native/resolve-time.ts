import { type JsonObject, type JsonValue, parseTimestamp, type UnixNanos } from '@aegisguard/model';
import type { EventWindow } from '../records/event-window.ts';
import { ORIGINAL_TIMESTAMP } from '../records/original-timestamp.ts';

/** The time that a field says, its year if it has none by the time of receipt; `undefined` when it says none. */
export function timeOf(value: JsonValue | undefined, receivedAt: UnixNanos): UnixNanos | undefined {
  return typeof value === 'string' || typeof value === 'number' ? parseTimestamp(value, receivedAt) : undefined;
}

/** A record's time, or that of receipt when there is none that can be stored; what was sent instead is kept among its attributes (contract §6, "Records"). */
export function resolveTime(sent: JsonValue | undefined, attributes: JsonObject, window: EventWindow): UnixNanos {
  if (sent === undefined || sent === null) {
    return window.receivedAt;
  }
  const time = timeOf(sent, window.receivedAt);
  if (time !== undefined && window.ageOf(time) === 'in-window') {
    return time;
  }
  attributes[ORIGINAL_TIMESTAMP] = sent;
  return window.receivedAt;
}

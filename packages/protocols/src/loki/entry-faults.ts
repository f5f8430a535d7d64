import { ATTRIBUTE_COUNT_MAX, unixNanos } from '@aegisguard/model';
import type { EventWindow } from '../records/event-window.ts';
import type { RecordFault } from '../records/record-rejection.ts';

/** The first fault of an entry whose form is right: its metadata are too many, or it is too old. `time` is Unix nanoseconds, undefined for the time of receipt. */
export function entryFault(time: bigint | undefined, metadata: number, window: EventWindow): RecordFault | undefined {
  if (metadata > ATTRIBUTE_COUNT_MAX) {
    return {
      path: '/structuredMetadata',
      message: `an entry has at most ${ATTRIBUTE_COUNT_MAX} metadata pairs`,
      code: 'too-many-attributes',
    };
  }
  return time !== undefined && window.ageOf(unixNanos(time)) === 'too-old'
    ? {
        path: '/timestamp',
        message: `older than the ${window.retentionDays} days that logs are kept (the time is read as Unix nanoseconds)`,
        code: 'too-old',
      }
    : undefined;
}

/** A fault of form. */
export function invalidEntry(path: string, message: string): RecordFault {
  return { path, message, code: 'invalid' };
}

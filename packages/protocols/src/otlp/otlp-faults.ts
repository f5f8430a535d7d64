import { ATTRIBUTE_COUNT_MAX, type UnixNanos } from '@aegisguard/model';
import type { EventWindow } from '../records/event-window.ts';
import type { RecordFault } from '../records/record-rejection.ts';
import { ANY_VALUE_DEPTH_MAX, TOO_DEEP } from './any-value-limits.ts';

/** What an id is: `absent` when it has no bytes, `zero` when it has none but zeros, `malformed` when it has not as many as it must. */
export type IdState = 'absent' | 'zero' | 'valid' | 'malformed';

/** Bytes of a trace id. */
export const TRACE_ID_BYTES = 16;
/** Bytes of a span id. */
export const SPAN_ID_BYTES = 8;

/** A fault of shape. */
export function invalid(path: string, message: string): RecordFault {
  return { path, message, code: 'invalid' };
}

/** What is wrong with an id that may be left out. */
export function optionalIdFault(name: string, state: IdState, bytes: number): RecordFault | undefined {
  return state === 'malformed'
    ? invalid(`/${name}`, `${name} must have ${bytes} bytes, ${bytes * 2} hexadecimal digits`)
    : undefined;
}

/** What is wrong with an id that must be there. */
export function requiredIdFault(name: string, state: IdState, bytes: number): RecordFault | undefined {
  if (state === 'absent') {
    return invalid(`/${name}`, `${name} is required`);
  }
  return state === 'zero' ? invalid(`/${name}`, `${name} must not be all zeros`) : optionalIdFault(name, state, bytes);
}

/** What is wrong with a set of attributes of so many leaves; NaN for one that is none. */
export function attributesFault(path: string, count: number): RecordFault | undefined {
  if (count <= ATTRIBUTE_COUNT_MAX) {
    return undefined;
  }
  if (Number.isNaN(count)) {
    return invalid(
      path,
      'attributes must be a list of {"key", "value"}, each value an object with one of OTLP\'s kinds of value',
    );
  }
  return count >= TOO_DEEP
    ? invalid(path, `a value is nested deeper than ${ANY_VALUE_DEPTH_MAX} levels`)
    : { path, message: `there may be at most ${ATTRIBUTE_COUNT_MAX} attributes`, code: 'too-many-attributes' };
}

/** The fault of a record that is older than what is kept. */
export function ageFault(path: string, time: bigint, window: EventWindow, signal: string): RecordFault | undefined {
  return window.ageOf(time as UnixNanos) === 'too-old'
    ? { path, message: `older than the ${window.retentionDays} days that ${signal} are kept`, code: 'too-old' }
    : undefined;
}

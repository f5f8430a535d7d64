import {
  AegisError,
  NANOS_PER_SECOND,
  nanosFromMs,
  parseTimeInput,
  type UnixNanos,
  unixNanos,
} from '@aegisguard/model';

const HOUR = 3600n * NANOS_PER_SECOND;

/** A range as a request says it; absent ends default to the last hour (contract §4). */
export interface TimeRangeInput {
  readonly start?: string | number | undefined;
  readonly end?: string | number | undefined;
}

/** Resolves a request's range against the clock; throws `invalid-request` when an end cannot be read or the range is reversed. */
export function resolveTimeRange(input: TimeRangeInput, nowMs: number): { start: UnixNanos; end: UnixNanos } {
  const now = nanosFromMs(nowMs);
  // "Until now" includes what arrived this very millisecond.
  const end = readTime('end', input.end, now) ?? unixNanos(now + 1_000_000n);
  const start = readTime('start', input.start, now) ?? unixNanos(end - HOUR);
  if (start > end) {
    throw new AegisError('invalid-request', { detail: 'The start of the time range lies after its end.' });
  }
  return { start, end };
}

/** A time of a request against the clock; throws `invalid-request` naming the member when it cannot be read. */
export function readTime(name: string, input: string | number | undefined, now: UnixNanos): UnixNanos | undefined {
  if (input === undefined) {
    return undefined;
  }
  const time = parseTimeInput(input, now);
  if (time === undefined) {
    throw new AegisError('invalid-request', {
      detail: `The ${name} is not a time: send RFC 3339, unix s / ms / µs / ns, or a form such as now-1h.`,
      members: { errors: [{ path: `/${name}`, message: 'not a time' }] },
    });
  }
  return time;
}

// https://grafana.com/docs/tempo/latest/api_docs/
import {
  AegisError,
  formatRfc3339Nanos,
  NANOS_PER_SECOND,
  nanosFromMs,
  parseDuration,
  parseStep,
  UNIX_NANOS_MIN,
  type UnixNanos,
  unixNanos,
} from '@aegisguard/model';
import { readTime, resolveTimeRange } from '../../platform/time-range.ts';

const SECONDS = /^\d{1,10}$/;
const COUNT = /^\d{1,9}$/;
const TRACE_ID = /^[0-9a-f]{1,32}$/i;
const ID_DIGITS = 32;

/** Some time; the end is outside. */
export interface TempoRange {
  readonly start: UnixNanos;
  readonly end: UnixNanos;
}

interface Times {
  readonly start?: string | undefined;
  readonly end?: string | undefined;
}

function refused(detail: string): AegisError {
  return new AegisError('invalid-request', { detail });
}

/** A parameter that is left out, or empty. */
function given(text: string | undefined): string | undefined {
  return text === undefined || text === '' ? undefined : text;
}

/** The range of a request; the last hour where it says none. Clients cut the time of day off to seconds: a second as the end is inside. */
export function readRange({ start, end }: Times, nowMs: number): TempoRange {
  const range = resolveTimeRange({ start: given(start), end: given(end) }, nowMs);
  const last = SECONDS.test(end ?? '') ? unixNanos(range.end + NANOS_PER_SECOND) : range.end;
  if (range.start >= last) {
    throw refused('http parameter start must be before end');
  }
  return { start: range.start, end: last };
}

/** The range of a metrics query, which may be said as a time until now. */
export function readMetricsRange(
  { since, ...times }: Times & { readonly since?: string | undefined },
  nowMs: number,
): TempoRange {
  const text = given(since);
  if (text === undefined || given(times.start) !== undefined) {
    return readRange(times, nowMs);
  }
  const back = parseDuration(text);
  if (back === undefined || back === 0n) {
    throw refused(`invalid since: ${JSON.stringify(text)} is no duration such as 15m`);
  }
  const now = nanosFromMs(nowMs);
  const end = given(times.end) ?? formatRfc3339Nanos(now);
  const start = (readTime('end', end, now) ?? now) - back;
  return readRange({ start: formatRfc3339Nanos(start < 0n ? UNIX_NANOS_MIN : unixNanos(start)), end }, nowMs);
}

/** Where a trace must lie to be found: only where both ends are given. */
export function readTraceRange({ start, end }: Times, nowMs: number): TempoRange | undefined {
  const now = nanosFromMs(nowMs);
  const first = readTime('start', given(start), now);
  const last = readTime('end', given(end), now);
  if (first === undefined || last === undefined) {
    return undefined;
  }
  if (first > last) {
    throw refused('http parameter start must be before end');
  }
  return { start: first, end: last };
}

/** A count of 1 or more; what is more than the most is the most. */
export function readCount(name: string, text: string | undefined, otherwise: number, most: number): number {
  const asked = given(text);
  if (asked === undefined) {
    return otherwise;
  }
  if (!COUNT.test(asked) || Number(asked) === 0) {
    throw refused(`invalid ${name}: must be a positive number`);
  }
  return Math.min(Number(asked), most);
}

/** The step of a range in nanoseconds; undefined where none is asked for. */
export function readTempoStep(text: string | undefined): bigint | undefined {
  const asked = given(text);
  const step = asked === undefined ? undefined : parseStep(asked);
  if (asked !== undefined && step === undefined) {
    throw refused(`invalid step: ${JSON.stringify(asked)} is no duration such as 15s`);
  }
  return step;
}

/** A duration of a search by tags, as it stands in TraceQL. */
export function readTagDuration(name: string, text: string | undefined): bigint | undefined {
  const asked = given(text);
  const nanos = asked === undefined ? undefined : parseDuration(asked);
  if (asked !== undefined && nanos === undefined) {
    throw refused(`invalid ${name}: ${JSON.stringify(asked)} is no duration such as 100ms`);
  }
  return nanos;
}

/** A trace id as it is stored; Tempo's clients leave out leading zeros. */
export function readTempoTraceId(text: string): string {
  if (!TRACE_ID.test(text)) {
    throw refused('trace IDs can only contain hex characters, at most 32 of them');
  }
  return text.toLowerCase().padStart(ID_DIGITS, '0');
}

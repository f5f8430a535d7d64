// https://grafana.com/docs/loki/latest/reference/loki-http-api/#timestamps
import {
  AegisError,
  type LogDirection,
  NANOS_PER_SECOND,
  nanosFromMs,
  parseDuration,
  parseTimeInput,
  type UnixNanos,
  unixNanos,
} from '@aegisguard/model';

const NUMBER = /^[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?$/;
const WHOLE = /^[+-]?\d+$/;
/** Digits of a whole number that is taken for seconds; longer ones are nanoseconds. */
const SECONDS_DIGITS = 10;
const HOUR = 3600n * NANOS_PER_SECOND;
/** The store's times are 64 bits wide. */
const TIME_MAX = 2n ** 63n - 1n;
const UINT32_MAX = 2 ** 32 - 1;
const LIMIT_DEFAULT = 100;
/** Lines of one answer. */
export const LINES_MAX = 5000;
const STEPS_MAX = 11_000n;
/** A range has about so many steps when none is asked for. */
const STEPS_DEFAULT = 250n;

/** A parameter that Loki would refuse, in its words. */
export function refused(detail: string): AegisError {
  return new AegisError('invalid-request', { detail });
}

/** A span of time; a log at `end` is outside, a point of a metric query inside. */
export interface LokiRange {
  readonly start: UnixNanos;
  readonly end: UnixNanos;
}

/** A time: seconds of up to ten digits or with a fraction (to the millisecond), nanoseconds, RFC 3339, or a form such as `now-1h`; the default for an empty text. */
export function readLokiTime(name: string, text: string | undefined, now: UnixNanos, otherwise: UnixNanos): UnixNanos {
  if (text === undefined || text === '') {
    return otherwise;
  }
  const time = timeOf(text, now);
  if (time === undefined) {
    throw refused(`could not parse '${name}' parameter: cannot parse ${JSON.stringify(text)} as a time`);
  }
  return unixNanos(clamp(time));
}

function timeOf(text: string, now: UnixNanos): bigint | undefined {
  if (WHOLE.test(text)) {
    const number = BigInt(text);
    return text.length <= SECONDS_DIGITS ? number * NANOS_PER_SECOND : number;
  }
  if (NUMBER.test(text) && text.includes('.')) {
    const millis = Math.round(Number(text) * 1000);
    return Number.isSafeInteger(millis) ? BigInt(millis) * 1_000_000n : undefined;
  }
  return parseTimeInput(text, now);
}

function clamp(time: bigint): bigint {
  return time > TIME_MAX ? TIME_MAX : time < -TIME_MAX ? -TIME_MAX : time;
}

/** The range that `start`, `end` and `since` say: an hour until now if they say nothing. */
export function readLokiRange(
  {
    start,
    end,
    since,
  }: { readonly start?: string | undefined; readonly end?: string | undefined; readonly since?: string | undefined },
  now: UnixNanos,
): LokiRange {
  const back = since === undefined || since === '' ? HOUR : parseDuration(since);
  if (back === undefined) {
    throw refused(`could not parse 'since' parameter: not a valid duration string: ${JSON.stringify(since)}`);
  }
  const last = readLokiTime('end', end, now, now);
  const first = readLokiTime('start', start, now, unixNanos((last < now ? last : now) - back));
  return { start: first, end: last };
}

/** Throws when a range ends before it begins. */
export function refuseReversed({ start, end }: LokiRange): void {
  if (end < start) {
    throw refused('end timestamp must not be before or equal to start time');
  }
}

/** The range of a request, which must not end before it begins. */
export function readForwardRange(request: Parameters<typeof readLokiRange>[0]): LokiRange {
  const range = readLokiRange(request, nanosFromMs(Date.now()));
  refuseReversed(range);
  return range;
}

/** A count of 1 to 2³²−1. */
export function readLokiCount(name: string, text: string | undefined, otherwise: number): number {
  if (text === undefined || text === '') {
    return otherwise;
  }
  const value = WHOLE.test(text) ? Number(text) : Number.NaN;
  if (Number.isNaN(value) || value > UINT32_MAX) {
    throw refused(`${name} value ${JSON.stringify(text)} is not a number of 32 bits`);
  }
  if (value <= 0) {
    throw refused('limit must be a positive value');
  }
  return value;
}

/** How many lines are asked for: 100 if nothing is said, and at most 5,000. */
export function readLineLimit(text: string | undefined): number {
  const limit = readLokiCount('limit', text, LIMIT_DEFAULT);
  if (limit > LINES_MAX) {
    throw refused(
      `max entries limit per query exceeded, limit > max_entries_limit_per_query (${limit} > ${LINES_MAX})`,
    );
  }
  return limit;
}

/** Newest first if nothing is said. */
export function readDirection(text: string | undefined): LogDirection {
  const direction = (text ?? '').toLowerCase();
  if (direction === 'forward' || direction === 'backward') {
    return direction;
  }
  if (direction === '') {
    return 'backward';
  }
  throw refused(`invalid direction '${text}'`);
}

/** The step of a range in nanoseconds: seconds or a duration, and a 250th of the range, in whole seconds, if it is left out. */
export function readLokiStep(text: string | undefined, { start, end }: LokiRange): bigint {
  const step = text === undefined || text === '' ? defaultLokiStep({ start, end }) : spanOf('step', text);
  if (step <= 0n) {
    throw refused('zero or negative query resolution step widths are not accepted. Try a positive integer');
  }
  if ((end - start) / step > STEPS_MAX) {
    throw refused(
      'exceeded maximum resolution of 11,000 points per time series. Try increasing the value of the step parameter',
    );
  }
  return step;
}

/** Whole seconds, at least one. */
function defaultLokiStep({ start, end }: LokiRange): bigint {
  const seconds = (end - start) / NANOS_PER_SECOND / STEPS_DEFAULT;
  return (seconds > 0n ? seconds : 1n) * NANOS_PER_SECOND;
}

/** The least time between two lines of an answer in nanoseconds; 0 for all. */
export function readLokiInterval(text: string | undefined): bigint {
  const interval = text === undefined || text === '' ? 0n : spanOf('interval', text);
  if (interval < 0n) {
    throw refused('interval must be >= 0');
  }
  return interval;
}

function spanOf(name: string, text: string): bigint {
  const nanos = NUMBER.test(text) ? nanosOfSeconds(Number(text)) : parseDuration(text);
  if (nanos === undefined) {
    throw refused(
      `cannot parse ${JSON.stringify(text)} to a valid duration: the parameter '${name}' is seconds, or a duration such as 1m`,
    );
  }
  return clamp(nanos);
}

function nanosOfSeconds(seconds: number): bigint | undefined {
  const nanos = Math.round(seconds * 1e9);
  return Number.isFinite(nanos) ? BigInt(nanos) : undefined;
}

// https://prometheus.io/docs/prometheus/latest/querying/api/#format-overview
import { NANOS_PER_MS, nanosFromMs, parseDuration, parseTimeInput } from '@aegisguard/model';
import { invalidParameter } from './prometheus-words.ts';

const NUMBER = /^[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?$/;
/** Whole milliseconds on either side of 1970 that a number holds. */
const TIME_MAX_MS = Number.MAX_SAFE_INTEGER;
/** Samples may lie so far ahead (contract §6, "Records"). */
const AHEAD_MS = 24 * 60 * 60 * 1000;

/** A time as unix ms: unix seconds with fractions, to the millisecond, RFC 3339, or a form such as `now-1h`. */
export function readTimeMs(name: string, text: string, nowMs: number): number {
  if (NUMBER.test(text)) {
    const ms = Math.round(Number(text) * 1000);
    return Math.min(Math.max(ms, -TIME_MAX_MS), TIME_MAX_MS);
  }
  const time = parseTimeInput(text, nanosFromMs(nowMs));
  if (time === undefined) {
    throw invalidParameter(name, `cannot parse ${JSON.stringify(text)} to a valid timestamp`);
  }
  return Number(time / NANOS_PER_MS);
}

/** A duration in ms: seconds with fractions, or such as `1h30m`. */
export function readDurationMs(name: string, text: string): number {
  const ms = NUMBER.test(text) ? Math.trunc(Number(text) * 1000) : millisOf(parseDuration(text));
  if (ms === undefined || Math.abs(ms) > TIME_MAX_MS) {
    throw invalidParameter(name, `cannot parse ${JSON.stringify(text)} to a valid duration`);
  }
  return ms;
}

function millisOf(nanos: bigint | undefined): number | undefined {
  return nanos === undefined ? undefined : Number(nanos / NANOS_PER_MS);
}

/** A range of a question about series, in unix ms; without ends it is of everything that is stored. */
export function readRange(
  { start, end }: { readonly start?: string | undefined; readonly end?: string | undefined },
  nowMs: number,
): { startMs: number; endMs: number } {
  const startMs = start ? readTimeMs('start', start, nowMs) : 0;
  const endMs = end ? readTimeMs('end', end, nowMs) : nowMs + AHEAD_MS;
  refuseReversed(startMs, endMs);
  // Nothing is stored outside of this, and the store cannot say every time that a client can.
  return { startMs: Math.max(startMs, 0), endMs: Math.max(Math.min(endMs, nowMs + AHEAD_MS), 0) };
}

/** Throws when a range ends before it begins. */
export function refuseReversed(startMs: number, endMs: number): void {
  if (endMs < startMs) {
    throw invalidParameter('end', 'end timestamp must not be before start timestamp');
  }
}

import { type TraceColumns, type UnixNanos, unixNanos } from '@aegisguard/model';

/** Where spans are shown in their trace, in nanoseconds after its beginning: exact for traces of up to 104 days, which is where doubles stop counting by ones. */
export interface SpanTimes {
  readonly traceStart: UnixNanos;
  readonly start: Float64Array;
  readonly end: Float64Array;
}

/** The times of at least one span, moved by their shifts. */
export function spanTimes({ startTimes, durations }: TraceColumns, shifts: Float64Array): SpanTimes {
  const first = startTimes[0] ?? 0n;
  const moved = shifts.map((shift, index) => Number((startTimes[index] ?? 0n) - first) + shift);
  const earliest = moved.reduce((least, at) => Math.min(least, at), Number.POSITIVE_INFINITY);
  const start = moved.map((at) => at - earliest);
  const end = start.map((at, index) => at + (durations[index] ?? 0));
  return { traceStart: unixNanos(first + BigInt(earliest)), start, end };
}

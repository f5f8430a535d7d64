import type { StoredSpan, UnixNanos } from '@aegisguard/model';

/** Where spans lie in their trace, in nanoseconds after its beginning: exact for traces of up to 104 days, which is where doubles stop counting by ones. */
export interface SpanTimes {
  readonly traceStart: UnixNanos;
  readonly start: Float64Array;
  readonly end: Float64Array;
}

/** The times of at least one span. */
export function spanTimes(spans: readonly StoredSpan[], traceStart: UnixNanos): SpanTimes {
  const start = Float64Array.from(spans, (span) => Number(span.startTime - traceStart));
  const end = Float64Array.from(spans, (span) => Number(span.startTime - traceStart + span.durationNanos));
  return { traceStart, start, end };
}

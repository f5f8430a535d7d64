import type { TraceOutline } from '@aegisguard/model';
import type { ResolvedRange } from '../../lib/time-range.ts';
import { timestampMs } from '../../lib/timestamp.ts';

/** Traces that are like one are looked for this long before and after it. */
const AROUND_MS = 3_600_000;

/** When a trace was. */
export function traceTimes({ startTime, durationMs }: Pick<TraceOutline, 'startTime' | 'durationMs'>): ResolvedRange {
  const startMs = timestampMs(startTime);
  return { startMs, endMs: startMs + durationMs };
}

/** The time around a trace in which others like it are looked for. */
export function aroundTrace(outline: Pick<TraceOutline, 'startTime' | 'durationMs'>): ResolvedRange {
  const { startMs, endMs } = traceTimes(outline);
  return { startMs: Math.floor(startMs) - AROUND_MS, endMs: Math.ceil(endMs) + AROUND_MS };
}

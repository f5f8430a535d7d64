import type { ResolvedRange } from '../../../lib/time-range.ts';

/** The part of a span that lies in the range, in whole milliseconds; undefined when none does, or when it is all of it: there is nothing to compare with. */
export function spanInRange(span: ResolvedRange, range: ResolvedRange): ResolvedRange | undefined {
  const startMs = Math.max(span.startMs, range.startMs);
  const endMs = Math.min(span.endMs, range.endMs);
  const isAll = startMs === range.startMs && endMs === range.endMs;
  return startMs < endMs && !isAll ? { startMs, endMs } : undefined;
}

/** A range about a span, four times as long on each side. */
export function rangeAround({ startMs, endMs }: ResolvedRange): ResolvedRange {
  const sideMs = (endMs - startMs) * 4;
  return { startMs: Math.max(0, startMs - sideMs), endMs: endMs + sideMs };
}

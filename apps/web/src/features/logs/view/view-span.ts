import type { ResolvedRange } from '../../../lib/time-range.ts';

/** Separates the two times; no RFC 3339 time contains it. */
const SEPARATOR = '~';

/** The latest time that a date has. */
const LATEST_MS = 8_640_000_000_000_000;

/** A span of time as an address has it: `2026-11-22T21:00:00.000Z~2026-11-22T21:05:00.000Z`. */
export function printSpan(span: ResolvedRange | undefined): string {
  return span === undefined
    ? ''
    : `${new Date(span.startMs).toISOString()}${SEPARATOR}${new Date(span.endMs).toISOString()}`;
}

/** Reads a span; undefined when it is none. */
export function parseSpan(text: string | null): ResolvedRange | undefined {
  const [start = '', end = '', ...more] = text?.split(SEPARATOR) ?? [];
  const [startMs, endMs] = [Date.parse(start), Date.parse(end)];
  return more.length === 0 && startMs >= 0 && startMs < endMs && endMs <= LATEST_MS ? { startMs, endMs } : undefined;
}

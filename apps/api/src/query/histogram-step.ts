import { NANOS_PER_MS, type UnixNanos } from '@aegisguard/model';

const SECOND = 1000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** Steps that people read without thinking, in ms. */
const NATURAL_STEPS_MS = [
  1,
  5,
  10,
  50,
  100,
  250,
  500,
  ...[1, 2, 5, 10, 15, 30].map((n) => n * SECOND),
  ...[1, 2, 5, 10, 15, 30].map((n) => n * MINUTE),
  ...[1, 2, 3, 6, 12].map((n) => n * HOUR),
  ...[1, 2, 7, 14, 30].map((n) => n * DAY),
];

/** The bars of a histogram: `start` is a multiple of the step at or before the range's start. */
export interface HistogramGrid {
  readonly startMs: number;
  readonly stepMs: number;
  readonly bars: number;
}

/** Chooses the smallest natural step, not shorter than `stepMinMs`, that needs at most about `bucketsWanted` bars, and the bars that cover the range. */
export function histogramGrid(
  start: UnixNanos,
  end: UnixNanos,
  bucketsWanted: number,
  stepMinMs: number = 1,
): HistogramGrid {
  const fromMs = Number(start / NANOS_PER_MS);
  const toMs = Number((end + NANOS_PER_MS - 1n) / NANOS_PER_MS);
  const idealMs = Math.max(stepMinMs, (toMs - fromMs) / bucketsWanted);
  const stepMs = NATURAL_STEPS_MS.find((step) => step >= idealMs) ?? Math.ceil(idealMs / DAY) * DAY;
  const startMs = Math.floor(fromMs / stepMs) * stepMs;
  return { startMs, stepMs, bars: Math.max(1, Math.ceil((toMs - startMs) / stepMs)) };
}

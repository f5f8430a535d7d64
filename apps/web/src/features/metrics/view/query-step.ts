import type { TimeGrid } from '../../../charts/metrics/prepare-frame.ts';
import type { ResolvedRange } from '../../../lib/time-range.ts';

const SECOND = 1000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;

/** Distances between evaluations, in ms. Less than a usual scrape interval would only repeat values. */
const STEPS = [
  ...[15, 30].map((count) => count * SECOND),
  ...[1, 2, 5, 10, 15, 30].map((count) => count * MINUTE),
  ...[1, 2, 6, 12, 24, 48, 168].map((count) => count * HOUR),
];

/** Points that a line should have at most, when the person says no step. */
const POINTS_MAX = 500;

/** The least window that holds several scrapes at the usual interval, as Grafana's `$__rate_interval` without a known one. */
const SCRAPE_MS = 15 * SECOND;

/** A step that gives a line as many points as help on a screen. */
export function autoStepMs({ startMs, endMs }: ResolvedRange): number {
  const wanted = (endMs - startMs) / POINTS_MAX;
  return STEPS.find((step) => step >= wanted) ?? Math.ceil(wanted / (24 * HOUR)) * 24 * HOUR;
}

/** The times to evaluate at: multiples of the step, so that the same ones are asked again when time moves on. */
export function evaluationGrid({ startMs, endMs }: ResolvedRange, stepMs: number): TimeGrid {
  const last = Math.floor(endMs / stepMs) * stepMs;
  return { startMs: Math.min(last, Math.ceil(startMs / stepMs) * stepMs), endMs: last, stepMs };
}

/** The window of `rate()` that always holds enough samples: four scrapes, or a step and one. */
export function rateIntervalMs(stepMs: number, scrapeMs: number = SCRAPE_MS): number {
  return Math.max(4 * scrapeMs, stepMs + scrapeMs);
}

/** `15 s`, `5 min`, `2 h`, `1 d`. */
export function stepWords(stepMs: number): string {
  const [size, unit] =
    stepMs % (24 * HOUR) === 0
      ? [24 * HOUR, 'd']
      : stepMs % HOUR === 0
        ? [HOUR, 'h']
        : stepMs % MINUTE === 0
          ? [MINUTE, 'min']
          : [SECOND, 's'];
  return `${stepMs / size} ${unit}`;
}

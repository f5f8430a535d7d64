import type { TraceSummaryView } from '@aegisguard/model';
import { timeTicks } from '../../../charts/prepare/time-ticks.ts';
import type { ResolvedRange } from '../../../lib/time-range.ts';
import { timestampMs } from '../../../lib/timestamp.ts';
import { durationTicks } from './duration-bars.ts';

/** A trace as a dot. */
export interface ScatterPoint {
  readonly trace: TraceSummaryView;
  readonly x: number;
  readonly y: number;
  readonly radius: number;
  readonly hasErrors: boolean;
}

/** Traces over time and duration, decided down to the pixel. */
export interface ScatterPlot {
  /** Large ones first, so that small ones lie over them. */
  readonly points: readonly ScatterPoint[];
  readonly timeTicks: readonly { readonly label: string; readonly x: number }[];
  readonly durationTicks: readonly { readonly label: string; readonly y: number }[];
}

/** Radii of a trace with one span and of one with very many. */
const RADIUS_MIN = 3;
const RADIUS_MAX = 11;

/** Dots keep this far from the edges. */
const MARGIN = 8;

/** How far beside a dot the pointer may be. */
const REACH = 5;

/** A microsecond: what takes no time has no logarithm. */
const SHORTEST_MS = 0.001;

function radiusOf(spanCount: number): number {
  return Math.min(RADIUS_MAX, RADIUS_MIN + 2 * Math.log10(Math.max(1, spanCount)));
}

/** Places traces by start and, logarithmically, by duration. */
export function prepareScatter(
  traces: readonly TraceSummaryView[],
  { startMs, endMs }: ResolvedRange,
  { width, height }: { readonly width: number; readonly height: number },
): ScatterPlot {
  const durations = traces.map(({ durationMs }) => Math.max(SHORTEST_MS, durationMs));
  // A little room, so that a single duration is not an axis of no length.
  const low = Math.min(...durations, Number.POSITIVE_INFINITY) / 1.5;
  const high = Math.max(...durations, SHORTEST_MS) * 1.5;
  const plotWidth = Math.max(0, width - 2 * MARGIN);
  const plotHeight = Math.max(0, height - 2 * MARGIN);
  const xOf = (ms: number): number => MARGIN + ((ms - startMs) / (endMs - startMs)) * plotWidth;
  const yOf = (ms: number): number => height - MARGIN - (Math.log(ms / low) / Math.log(high / low)) * plotHeight;
  const points = traces.map((trace, index) => ({
    trace,
    x: Math.min(width - MARGIN, Math.max(MARGIN, xOf(timestampMs(trace.startTime)))),
    y: yOf(durations[index] ?? SHORTEST_MS),
    radius: radiusOf(trace.spanCount),
    hasErrors: trace.errorCount > 0,
  }));
  return {
    points: points.sort((a, b) => b.radius - a.radius),
    timeTicks: timeTicks(startMs, endMs, Math.max(2, Math.floor(width / 110))).map(({ ms, label }) => ({
      label,
      x: Math.round(xOf(ms)),
    })),
    durationTicks:
      traces.length === 0
        ? []
        : durationTicks(low, high, plotHeight * 2).map(({ ms, label }) => ({ label, y: yOf(ms) })),
  };
}

/** The dot under the pointer: the one whose middle is nearest; undefined where there is none. */
export function pointAt(points: readonly ScatterPoint[], x: number, y: number): ScatterPoint | undefined {
  let nearest: ScatterPoint | undefined;
  let least = Number.POSITIVE_INFINITY;
  for (const point of points) {
    const distance = Math.hypot(point.x - x, point.y - y);
    if (distance <= point.radius + REACH && distance <= least) {
      nearest = point;
      least = distance;
    }
  }
  return nearest;
}

import { formatRfc3339Nanos, NANOS_PER_MS, nanosFromMs, type SpanKind } from '@aegisguard/model';
import { resolveTimeRange, type TimeRangeInput } from '../../platform/time-range.ts';
import { histogramGrid } from '../histogram-step.ts';

const MINUTE_MS = 60_000;
const HOUR_MS = 3_600_000;
/** Longer ranges are read from figures of hours. */
const MINUTES_MS_MAX = 48 * HOUR_MS;
/** A DateTime's last day. */
const TIME_MS_MAX = Date.UTC(2106, 0, 1);

/** The whole minutes or hours that a request is answered for. */
export interface FigureRange {
  readonly startMs: number;
  readonly endMs: number;
  readonly resolution: 'minute' | 'hour';
}

/** By what a request narrows the spans that it asks about. */
interface Narrowing {
  readonly env?: string | undefined;
  readonly version?: string | undefined;
  readonly kinds?: readonly SpanKind[] | undefined;
}

/** The spans of a range that a request is about. */
export function figureSelection(range: FigureRange, { env, version, kinds }: Narrowing) {
  return {
    ...range,
    ...(env === undefined ? {} : { env }),
    ...(version === undefined ? {} : { version }),
    ...(kinds === undefined ? {} : { kinds }),
  };
}

/** A request's range, widened. */
export function figureRange(input: TimeRangeInput, nowMs: number): FigureRange {
  const { start, end } = resolveTimeRange(input, nowMs);
  const clamp = (nanos: bigint) => Math.min(TIME_MS_MAX, Math.max(0, Number(nanos / NANOS_PER_MS)));
  const [fromMs, toMs] = [clamp(start), clamp(end + NANOS_PER_MS - 1n)];
  const resolution = toMs - fromMs > MINUTES_MS_MAX ? 'hour' : 'minute';
  const widthMs = resolution === 'hour' ? HOUR_MS : MINUTE_MS;
  const startMs = Math.floor(fromMs / widthMs) * widthMs;
  return { startMs, endMs: Math.max(startMs + widthMs, Math.ceil(toMs / widthMs) * widthMs), resolution };
}

/** Seconds of a range. */
export function secondsOf({ startMs, endMs }: FigureRange): number {
  return (endMs - startMs) / 1000;
}

/** The ends of a range, as answers have them. */
export function rangeView({ startMs, endMs }: FigureRange) {
  return { start: timeView(startMs), end: timeView(endMs) };
}

/** A time as answers have it. */
export function timeView(timeMs: number): string {
  return formatRfc3339Nanos(nanosFromMs(timeMs));
}

/** The steps of a range, about so many: the first begins at or before the range. */
export function figureSteps(range: FigureRange, pointsWanted: number) {
  const { startMs, endMs, resolution } = range;
  const widthMs = resolution === 'hour' ? HOUR_MS : MINUTE_MS;
  const grid = histogramGrid(nanosFromMs(startMs), nanosFromMs(endMs), pointsWanted, widthMs);
  return { firstMs: grid.startMs, stepMs: grid.stepMs, points: grid.bars };
}

/** The steps as answers have them. */
export function stepsView({ firstMs, stepMs, points }: ReturnType<typeof figureSteps>) {
  return { firstPoint: timeView(firstMs), stepMs, points };
}

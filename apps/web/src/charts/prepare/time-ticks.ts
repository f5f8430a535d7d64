import { formatClock, formatClockMs, formatDay } from '../../lib/timestamp.ts';

const SECOND = 1000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** Distances between marks that people read easily, in ms. */
const STEPS = [
  1,
  2,
  5,
  10,
  20,
  50,
  100,
  200,
  500,
  ...[1, 2, 5, 10, 15, 30].map((n) => n * SECOND),
  ...[1, 2, 5, 10, 15, 30].map((n) => n * MINUTE),
  ...[1, 2, 3, 6, 12].map((n) => n * HOUR),
  ...[1, 2, 7, 14, 28].map((n) => n * DAY),
];

/** A mark on a time axis. */
export interface TimeTick {
  readonly ms: number;
  readonly label: string;
}

/** What a mark says, by how far the marks are apart. */
export function timeTickLabel(ms: number, stepMs: number): string {
  const clock = formatClock(ms);
  if (stepMs >= DAY || (stepMs >= HOUR && clock === '00:00:00')) {
    return formatDay(ms);
  }
  if (stepMs < SECOND) {
    return formatClockMs(ms);
  }
  return stepMs < MINUTE ? clock : clock.slice(0, 5);
}

/** Round moments of local time within the span, at most `countMax` of them. */
export function timeTicks(startMs: number, endMs: number, countMax: number): readonly TimeTick[] {
  const span = endMs - startMs;
  if (span <= 0 || countMax < 1) {
    return [];
  }
  const stepMs = STEPS.find((step) => span / step <= countMax) ?? Math.ceil(span / countMax / DAY) * DAY;
  // Aligned to local midnight at the start; a change of the clocks inside the span shifts what follows, which the labels then show.
  const zoneMs = new Date(startMs).getTimezoneOffset() * MINUTE;
  const first = Math.ceil((startMs - zoneMs) / stepMs) * stepMs + zoneMs;
  const ticks: TimeTick[] = [];
  for (let ms = first; ms < endMs && ticks.length < countMax; ms += stepMs) {
    ticks.push({ ms, label: timeTickLabel(ms, stepMs) });
  }
  return ticks;
}

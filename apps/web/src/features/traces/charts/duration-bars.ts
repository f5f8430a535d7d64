import type { TraceOverviewAnswer } from '@aegisguard/model';
import { formatUnit } from '../../../charts/metrics/format-unit.ts';
import {
  type Bar,
  type BarsFrame,
  type StackedBars,
  type StackStyle,
  stackBars,
} from '../../../charts/prepare/stacked-bars.ts';

/** Spans that failed, and the others. */
export type SpanOutcome = 'error' | 'other';

/** Errors stand on the axis, and even one is two pixels high. */
export const OUTCOME_STACK: StackStyle<SpanOutcome> = {
  order: ['error', 'other'],
  heightMinPx: { error: 2, other: 1 },
};

/** Room for a label of the axis. */
const TICK_SPACING_PX = 56;

/** Round durations, in ms: from a microsecond in tens, from a minute on as clocks and calendars have them. */
const ROUND_MS = [
  ...Array.from({ length: 8 }, (_, index) => 10 ** (index - 3)),
  ...[60_000, 600_000, 3_600_000, 36_000_000, 86_400_000, 864_000_000],
];

/** A duration's bucket is named by its upper end, in nanoseconds a power of two; spans that took no time are among those of a nanosecond. */
function powerOf(upToMs: number): number {
  return Math.max(0, Math.round(Math.log2(upToMs * 1e6)));
}

function msOf(power: number): number {
  return 2 ** power / 1e6;
}

/** Bars from the shortest bucket to the longest, those without spans between them, too; their ends are durations in ms. */
function barsOf(durations: TraceOverviewAnswer['durations'], width: number): Bar<SpanOutcome>[] {
  const byPower = new Map<number, { spans: number; errors: number }>();
  for (const { upToMs, spans, errors } of durations) {
    const before = byPower.get(powerOf(upToMs)) ?? { spans: 0, errors: 0 };
    byPower.set(powerOf(upToMs), { spans: before.spans + spans, errors: before.errors + errors });
  }
  const powers = [...byPower.keys()];
  if (powers.length === 0) {
    return [];
  }
  const first = Math.min(...powers);
  const count = Math.max(...powers) - first + 1;
  return Array.from({ length: count }, (_, index) => {
    const { spans = 0, errors = 0 } = byPower.get(first + index) ?? {};
    const x = Math.round((index * width) / count);
    return {
      startMs: msOf(first + index - 1),
      endMs: msOf(first + index),
      x,
      width: Math.round(((index + 1) * width) / count) - x,
      total: spans,
      counts: { ...(errors > 0 ? { error: errors } : {}), ...(spans > errors ? { other: spans - errors } : {}) },
    };
  });
}

/** Round durations between two, on a logarithmic axis of `width` pixels. */
export function durationTicks(fromMs: number, toMs: number, width: number): StackedBars['ticks'] {
  const span = Math.log(toMs / fromMs);
  const ticks = ROUND_MS.filter((ms) => ms >= fromMs && ms <= toMs).map((ms) => ({
    ms,
    label: formatUnit(ms, 'ms'),
    x: Math.round((Math.log(ms / fromMs) / span) * width),
  }));
  const stride = Math.max(1, Math.ceil((ticks.length * TICK_SPACING_PX) / Math.max(1, width)));
  return ticks.filter((_, index) => index % stride === 0);
}

/** Decides how spans by duration look in a frame; undefined when there are none. */
export function prepareDurationBars(
  durations: TraceOverviewAnswer['durations'],
  { width, height }: BarsFrame,
): StackedBars<SpanOutcome> | undefined {
  const bars = barsOf(durations, width);
  const [first] = bars;
  const last = bars.at(-1);
  if (first === undefined || last === undefined) {
    return undefined;
  }
  return { ...stackBars(bars, OUTCOME_STACK, height), ticks: durationTicks(first.startMs, last.endMs, width) };
}

/** The durations that a run of bars stands for: beyond the first and up to the last; an end is open where the histogram ends. */
export function selectedDurations(
  bars: readonly Bar[],
  from: number,
  to: number,
): { readonly aboveMs: number | undefined; readonly upToMs: number | undefined } {
  return {
    aboveMs: from <= 0 ? undefined : bars[from]?.startMs,
    upToMs: to >= bars.length - 1 ? undefined : bars[to]?.endMs,
  };
}

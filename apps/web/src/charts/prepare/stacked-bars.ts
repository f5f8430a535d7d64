import type { LogHistogramAnswer, LogLevel } from '@aegisguard/model';
import { niceCeiling } from './nice-ceiling.ts';
import { type TimeTick, timeTicks } from './time-ticks.ts';

/** Lowest first: the severe levels stand on the axis, where even few of them can be compared along time. */
export const STACK_ORDER = ['fatal', 'error', 'warn', 'info', 'debug', 'trace'] as const satisfies readonly LogLevel[];

/** The least height of a part that is not zero: one error among a million lines must be seen. */
const PART_HEIGHT_MIN_PX = { fatal: 2, error: 2, warn: 1, info: 1, debug: 1, trace: 1 } as const;

/** Room above the tallest bar for the parts that were lifted to their least height. */
const HEADROOM_PX = 6;

/** About how far apart the labels of the time axis are. */
const TICK_SPACING_PX = 110;

/** One bar, with everything that a read-out says about it. */
export interface Bar {
  readonly startMs: number;
  readonly endMs: number;
  readonly x: number;
  readonly width: number;
  readonly total: number;
  readonly counts: Readonly<Partial<Record<LogLevel, number>>>;
}

/** A histogram decided down to the pixel; rendering only draws it. */
export interface StackedBars {
  readonly bars: readonly Bar[];
  /** One SVG path per level that occurs. */
  readonly parts: readonly { readonly level: LogLevel; readonly path: string }[];
  /** Totals over the whole span, for the levels that occur, severest first. */
  readonly levels: readonly { readonly level: LogLevel; readonly count: number }[];
  readonly total: number;
  /** The count at the upper end of the axis. */
  readonly top: number;
  /** Where the line of `top` is drawn. */
  readonly topY: number;
  readonly ticks: readonly (TimeTick & { readonly x: number })[];
}

/** Where the bars go. */
export interface BarsFrame {
  readonly width: number;
  readonly height: number;
}

function barsOf(answer: LogHistogramAnswer, width: number): Bar[] {
  return Array.from({ length: answer.bars }, (_, index) => {
    const counts: Partial<Record<LogLevel, number>> = {};
    let total = 0;
    for (const { level, counts: perBar } of answer.levels) {
      const count = perBar[index] ?? 0;
      if (count > 0) {
        counts[level] = count;
        total += count;
      }
    }
    // Edges are rounded, not widths, so that bars neither drift nor leave uneven gaps of more than a pixel.
    const x = Math.round((index * width) / answer.bars);
    const next = Math.round(((index + 1) * width) / answer.bars);
    const startMs = answer.start + index * answer.stepMs;
    return { startMs, endMs: startMs + answer.stepMs, x, width: next - x, total, counts };
  });
}

/** Draws each level's part of each bar from the axis upwards. */
function partsOf(bars: readonly Bar[], height: number, scale: number): StackedBars['parts'] {
  const paths = new Map<LogLevel, string>();
  for (const bar of bars) {
    const gap = bar.width >= 4 ? 1 : 0;
    let y = height;
    for (const level of STACK_ORDER) {
      const count = bar.counts[level] ?? 0;
      if (count === 0) {
        continue;
      }
      const part = Math.min(y, Math.max(PART_HEIGHT_MIN_PX[level], Math.round(count * scale)));
      y -= part;
      paths.set(level, `${paths.get(level) ?? ''}M${bar.x} ${y}h${bar.width - gap}v${part}h${gap - bar.width}z`);
    }
  }
  return STACK_ORDER.flatMap((level) => {
    const path = paths.get(level);
    return path === undefined ? [] : [{ level, path }];
  });
}

/** Decides how the histogram looks in a frame. */
export function prepareStackedBars(answer: LogHistogramAnswer, { width, height }: BarsFrame): StackedBars {
  const bars = barsOf(answer, width);
  const top = niceCeiling(bars.reduce((most, bar) => Math.max(most, bar.total), 0));
  const plotHeight = Math.max(0, height - HEADROOM_PX);
  const endMs = answer.start + answer.bars * answer.stepMs;
  const pixelsPerMs = endMs > answer.start ? width / (endMs - answer.start) : 0;
  return {
    bars,
    parts: partsOf(bars, height, plotHeight / top),
    levels: STACK_ORDER.flatMap((level) => {
      const count = bars.reduce((sum, bar) => sum + (bar.counts[level] ?? 0), 0);
      return count === 0 ? [] : [{ level, count }];
    }),
    total: answer.total,
    top,
    topY: HEADROOM_PX,
    ticks: timeTicks(answer.start, endMs, Math.max(2, Math.floor(width / TICK_SPACING_PX))).map((tick) => ({
      ...tick,
      x: Math.round((tick.ms - answer.start) * pixelsPerMs),
    })),
  };
}

/** The number of the bar at a horizontal place, clamped to the bars there are; -1 when there are none. */
export function barAt(bars: readonly Bar[], x: number, width: number): number {
  if (bars.length === 0) {
    return -1;
  }
  return Math.min(bars.length - 1, Math.max(0, Math.floor((x / Math.max(1, width)) * bars.length)));
}

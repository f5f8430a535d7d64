import { niceCeiling } from './nice-ceiling.ts';
import { type TimeTick, timeTicks } from './time-ticks.ts';

/** Counts over time by kind. */
export interface KindHistogram<Kind extends string> {
  /** Unix ms. */
  readonly start: number;
  readonly stepMs: number;
  readonly bars: number;
  readonly kinds: readonly { readonly kind: Kind; readonly counts: readonly number[] }[];
}

/** How kinds are stacked. */
export interface StackStyle<Kind extends string> {
  /** Lowest first: what stands on the axis can be compared along time. */
  readonly order: readonly Kind[];
  /** The least height of a part that is not zero: one error among a million lines must be seen. */
  readonly heightMinPx: Readonly<Record<Kind, number>>;
}

/** Room above the tallest bar for the parts that were lifted to their least height. */
const HEADROOM_PX = 6;

/** About how far apart the labels of the time axis are. */
const TICK_SPACING_PX = 110;

/** One bar, with everything that a read-out says about it. */
export interface Bar<Kind extends string = string> {
  readonly startMs: number;
  readonly endMs: number;
  readonly x: number;
  readonly width: number;
  readonly total: number;
  readonly counts: Readonly<Partial<Record<Kind, number>>>;
}

/** A histogram decided down to the pixel; rendering only draws it. */
export interface StackedBars<Kind extends string = string> {
  readonly bars: readonly Bar<Kind>[];
  /** One SVG path per kind that occurs. */
  readonly parts: readonly { readonly kind: Kind; readonly path: string }[];
  /** Totals over the whole span, for the kinds that occur, in their order. */
  readonly kinds: readonly { readonly kind: Kind; readonly count: number }[];
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

function barsOf<Kind extends string>(histogram: KindHistogram<Kind>, width: number): Bar<Kind>[] {
  const { bars } = histogram;
  return Array.from({ length: bars }, (_, index) => {
    const counts: Partial<Record<Kind, number>> = {};
    let total = 0;
    for (const { kind, counts: perBar } of histogram.kinds) {
      const count = perBar[index] ?? 0;
      if (count > 0) {
        counts[kind] = count;
        total += count;
      }
    }
    // Edges are rounded, not widths, so that bars neither drift nor leave uneven gaps of more than a pixel.
    const x = Math.round((index * width) / bars);
    const next = Math.round(((index + 1) * width) / bars);
    const startMs = histogram.start + index * histogram.stepMs;
    return { startMs, endMs: startMs + histogram.stepMs, x, width: next - x, total, counts };
  });
}

/** Draws each kind's part of each bar from the axis upwards. */
function partsOf<Kind extends string>(
  bars: readonly Bar<Kind>[],
  { order, heightMinPx }: StackStyle<Kind>,
  height: number,
  scale: number,
): StackedBars<Kind>['parts'] {
  const paths = new Map<Kind, string>();
  for (const bar of bars) {
    const gap = bar.width >= 4 ? 1 : 0;
    let y = height;
    for (const kind of order) {
      const count = bar.counts[kind] ?? 0;
      if (count === 0) {
        continue;
      }
      const part = Math.min(y, Math.max(heightMinPx[kind], Math.round(count * scale)));
      y -= part;
      paths.set(kind, `${paths.get(kind) ?? ''}M${bar.x} ${y}h${bar.width - gap}v${part}h${gap - bar.width}z`);
    }
  }
  return order.flatMap((kind) => {
    const path = paths.get(kind);
    return path === undefined ? [] : [{ kind, path }];
  });
}

/** Decides how the histogram looks in a frame. */
export function prepareStackedBars<Kind extends string>(
  histogram: KindHistogram<Kind>,
  style: StackStyle<Kind>,
  { width, height }: BarsFrame,
): StackedBars<Kind> {
  const { start, stepMs } = histogram;
  const endMs = start + histogram.bars * stepMs;
  const pixelsPerMs = endMs > start ? width / (endMs - start) : 0;
  return {
    ...stackBars(barsOf(histogram, width), style, height),
    ticks: timeTicks(start, endMs, Math.max(2, Math.floor(width / TICK_SPACING_PX))).map((tick) => ({
      ...tick,
      x: Math.round((tick.ms - start) * pixelsPerMs),
    })),
  };
}

/** Stacks bars that have their places. */
export function stackBars<Kind extends string>(
  bars: readonly Bar<Kind>[],
  style: StackStyle<Kind>,
  height: number,
): Omit<StackedBars<Kind>, 'ticks'> {
  const top = niceCeiling(bars.reduce((most, bar) => Math.max(most, bar.total), 0));
  const plotHeight = Math.max(0, height - HEADROOM_PX);
  return {
    bars,
    parts: partsOf(bars, style, height, plotHeight / top),
    kinds: style.order.flatMap((kind) => {
      const count = bars.reduce((sum, bar) => sum + (bar.counts[kind] ?? 0), 0);
      return count === 0 ? [] : [{ kind, count }];
    }),
    total: bars.reduce((sum, bar) => sum + bar.total, 0),
    top,
    topY: HEADROOM_PX,
  };
}

/** The number of the bar at a horizontal place, clamped to the bars there are; -1 when there are none. */
export function barAt(bars: readonly Bar[], x: number, width: number): number {
  if (bars.length === 0) {
    return -1;
  }
  return Math.min(bars.length - 1, Math.max(0, Math.floor((x / Math.max(1, width)) * bars.length)));
}

/** Bars of a run, both ends included, summed up; undefined when there are none. */
export function sumOfBars<Kind extends string>(
  bars: readonly Bar<Kind>[],
  from: number,
  to: number,
): Bar<Kind> | undefined {
  const chosen = bars.slice(from, to + 1);
  const [first] = chosen;
  const last = chosen.at(-1);
  if (first === undefined || last === undefined) {
    return undefined;
  }
  const counts: Partial<Record<Kind, number>> = {};
  for (const bar of chosen) {
    for (const kind of Object.keys(bar.counts) as Kind[]) {
      counts[kind] = (counts[kind] ?? 0) + (bar.counts[kind] ?? 0);
    }
  }
  const total = chosen.reduce((sum, bar) => sum + bar.total, 0);
  return { ...first, endMs: last.endMs, width: last.x + last.width - first.x, total, counts };
}

import type { TimeWindow, TraceModel } from './trace-model.ts';

/** What is shown of a bar is never thinner. */
const BAR_MIN_PX = 2;

/** Where something lies in a window of time; undefined where it is outside of it. */
export interface BarPlace {
  readonly leftPx: number;
  readonly widthPx: number;
  /** Something of it is outside, to the left or to the right. */
  readonly goesOn: boolean;
}

/** Where a span of time lies in a window that is so many pixels wide. */
export function barPlace(start: number, end: number, window: TimeWindow, widthPx: number): BarPlace | undefined {
  const span = window.until - window.from;
  if (end < window.from || start > window.until || span <= 0 || widthPx <= 0) {
    return undefined;
  }
  const first = Math.max(start, window.from);
  const left = (first - window.from) / span;
  const width = Math.max(BAR_MIN_PX, ((Math.min(end, window.until) - first) / span) * widthPx);
  return {
    // What begins at the very end is drawn before it.
    leftPx: Math.min(left * widthPx, widthPx - BAR_MIN_PX),
    widthPx: Math.min(width, widthPx),
    goesOn: start < window.from || end > window.until,
  };
}

/** The sections of the critical path on a row, as they are drawn: what would be less than a pixel apart is one. */
export function criticalPlaces(
  { critical: { offsets, from, until } }: TraceModel,
  row: number,
  window: TimeWindow,
  widthPx: number,
): readonly BarPlace[] {
  const places: { leftPx: number; widthPx: number; goesOn: boolean }[] = [];
  for (let at = offsets[row] ?? 0; at < (offsets[row + 1] ?? 0); at++) {
    const begins = from[at] ?? 0;
    const place = begins < window.until ? barPlace(begins, until[at] ?? 0, window, widthPx) : undefined;
    const last = places.at(-1);
    if (place === undefined) {
      continue;
    }
    if (last !== undefined && place.leftPx - (last.leftPx + last.widthPx) < 1) {
      last.widthPx = Math.max(last.widthPx, place.leftPx + place.widthPx - last.leftPx);
    } else {
      places.push({ ...place });
    }
  }
  return places;
}

import type { TimeWindow } from '../model/trace-model.ts';

/** Nothing is looked at closer than this many nanoseconds. */
const SPAN_MIN = 10;

/** A window that lies in the trace; undefined for all of it, which needs no zoom. */
export function clampZoom({ from, until }: TimeWindow, total: number): TimeWindow | undefined {
  const span = Math.min(total, Math.max(SPAN_MIN, Math.round(until - from)));
  // About its middle, so that what is too narrow does not wander off as it is made wider.
  const start = Math.max(0, Math.min(Math.round((from + until - span) / 2), total - span));
  return start === 0 && span >= total ? undefined : { from: start, until: start + span };
}

/** True when both are the same part of a trace; undefined is all of it. */
export function isSameZoom(a: TimeWindow | undefined, b: TimeWindow | undefined): boolean {
  return a?.from === b?.from && a?.until === b?.until;
}

/** A window `factor` times as wide about one of its moments, the middle if none is named. */
export function scaledZoom({ from, until }: TimeWindow, factor: number, about = (from + until) / 2): TimeWindow {
  return { from: about - (about - from) * factor, until: about + (until - about) * factor };
}

/** A window moved by a part of its width. */
export function shiftedZoom({ from, until }: TimeWindow, share: number): TimeWindow {
  const by = (until - from) * share;
  return { from: from + by, until: until + by };
}

/** A window around a span with some room at its sides. */
export function zoomAround(start: number, duration: number): TimeWindow {
  const room = Math.max(SPAN_MIN, duration * 0.1);
  return { from: start - room, until: start + duration + room };
}

/** The window, moved onto a span that is not in it at all. */
export function zoomOnto(window: TimeWindow, start: number, duration: number): TimeWindow {
  const { from, until } = window;
  const isInSight = start < until && start + duration > from;
  return isInSight ? window : shiftedZoom(window, (start + duration / 2 - (from + until) / 2) / (until - from));
}

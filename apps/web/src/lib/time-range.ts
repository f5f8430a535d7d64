import { formatClock, formatClockMs, formatDay, formatLocal } from './timestamp.ts';

/**
 * A span of time as the URL and a person write it: each end is `now`, `now-90m` (units ms s m h d w, `+` for the future) or an absolute RFC 3339 time in UTC with
 * milliseconds.
 */
export interface TimeRange {
  readonly from: string;
  readonly to: string;
}

/** A span of time in Unix ms; `endMs` is exclusive. */
export interface ResolvedRange {
  readonly startMs: number;
  readonly endMs: number;
}

/** A time expression read: its canonical form and what it means now, or what is wrong with it. */
export type ParsedTime =
  | { readonly ok: true; readonly expression: string; readonly ms: number }
  | { readonly ok: false; readonly problem: string };

const UNIT_MS = { ms: 1, s: 1000, m: 60_000, h: 3_600_000, d: 86_400_000, w: 604_800_000 } as const;
const DURATION = /(\d+)(ms|[smhdw])/g;
const RELATIVE = /^now(?:([+-])((?:\d+(?:ms|[smhdw]))+))?$/;
const AGO = /^-?((?:\d+(?:ms|[smhdw]))+)$/;
const LOCAL = /^(?:(\d{4})-(\d{1,2})-(\d{1,2}))?(?:[ t]*(\d{1,2}):(\d{2})(?::(\d{2})(?:[.,](\d{1,3}))?)?)?$/;
const RFC3339 = /^\d{4}-\d{2}-\d{2}t\d{2}:\d{2}(:\d{2}(\.\d{1,9})?)?(z|[+-]\d{2}:?\d{2})$/;

/** The furthest time that storage holds (year 2262); later is a typing mistake. */
const LATEST_MS = 9_223_372_036_000;

function durationMs(text: string): number {
  let sum = 0;
  for (const [, count, unit] of text.matchAll(DURATION)) {
    sum += Number(count) * UNIT_MS[unit as keyof typeof UNIT_MS];
  }
  return sum;
}

function absolute(ms: number): ParsedTime {
  return Number.isFinite(ms) && ms >= 0 && ms <= LATEST_MS
    ? { ok: true, expression: new Date(ms).toISOString(), ms }
    : { ok: false, problem: 'This time is out of range.' };
}

/** Unix time; its unit is told by its size, as the API does. */
function parseUnix(text: string): ParsedTime {
  const digits = text.length;
  const value = Number(text);
  if (digits <= 11) {
    return absolute(value * 1000);
  }
  if (digits <= 14) {
    return absolute(value);
  }
  return absolute(Math.trunc(value / (digits <= 17 ? 1000 : 1_000_000)));
}

/** `2026-11-22 21:00`, `2026-11-22`, `21:00:30`: in the local time zone; without a day, today. */
function parseLocal(match: RegExpExecArray, nowMs: number): ParsedTime {
  const [, year, month, day, hour = '0', minute = '0', second = '0', fraction = '0'] = match;
  const today = new Date(nowMs);
  const parts = {
    year: year === undefined ? today.getFullYear() : Number(year),
    month: month === undefined ? today.getMonth() : Number(month) - 1,
    day: day === undefined ? today.getDate() : Number(day),
    hour: Number(hour),
    minute: Number(minute),
    second: Number(second),
  };
  const ms = Number(fraction.padEnd(3, '0'));
  const date = new Date(parts.year, parts.month, parts.day, parts.hour, parts.minute, parts.second, ms);
  const isDay = date.getFullYear() === parts.year && date.getMonth() === parts.month && date.getDate() === parts.day;
  return isDay && parts.hour < 24 && parts.minute < 60 && parts.second < 60
    ? absolute(date.getTime())
    : { ok: false, problem: 'There is no such day or time.' };
}

/** Reads what a person typed (or a URL says) as one end of a range. `nowMs` is the moment that `now` means. */
export function parseTime(input: string, nowMs: number): ParsedTime {
  const text = input.trim().toLowerCase();
  const compact = text.replaceAll(/\s+/g, '');
  const relative = RELATIVE.exec(compact);
  if (relative !== null) {
    const offset = relative[2] === undefined ? 0 : durationMs(relative[2]) * (relative[1] === '-' ? -1 : 1);
    const at = absolute(nowMs + offset);
    return at.ok ? { ok: true, expression: compact, ms: at.ms } : at;
  }
  const ago = AGO.exec(compact);
  if (ago !== null) {
    return parseTime(`now-${ago[1]}`, nowMs);
  }
  if (/^\d{9,20}$/.test(compact)) {
    return parseUnix(compact);
  }
  if (RFC3339.test(text)) {
    return absolute(Date.parse(text.toUpperCase()));
  }
  const local = LOCAL.exec(text);
  if (local !== null && text !== '') {
    return parseLocal(local, nowMs);
  }
  return { ok: false, problem: 'Use a time such as now-1h, 2026-11-22 21:00 or 21:00.' };
}

/** A range read: both ends canonical, or what is wrong with each. */
export type ParsedRange =
  | { readonly ok: true; readonly range: TimeRange; readonly resolved: ResolvedRange }
  | { readonly ok: false; readonly from?: string; readonly to?: string };

/** Reads both ends and checks that time runs forward between them. */
export function parseRange(from: string, to: string, nowMs: number): ParsedRange {
  const start = parseTime(from, nowMs);
  const end = parseTime(to, nowMs);
  if (!start.ok || !end.ok) {
    return { ok: false, ...(start.ok ? {} : { from: start.problem }), ...(end.ok ? {} : { to: end.problem }) };
  }
  if (start.ms >= end.ms) {
    return { ok: false, to: 'The end must be after the start.' };
  }
  return {
    ok: true,
    range: { from: start.expression, to: end.expression },
    resolved: { startMs: start.ms, endMs: end.ms },
  };
}

/** The range that a view without one has. */
export const DEFAULT_RANGE: TimeRange = { from: 'now-1h', to: 'now' };

/** Reads the two ends that an address says; the default range when one makes no sense. Only validity is asked; what `now` means does not matter for that. */
export function parseRangeParameters(from: string | null, to: string | null): TimeRange {
  const start = parseTime(from ?? DEFAULT_RANGE.from, 1e12);
  const end = parseTime(to ?? DEFAULT_RANGE.to, 1e12);
  return start.ok && end.ok ? { from: start.expression, to: end.expression } : DEFAULT_RANGE;
}

/** What a valid range means at a moment; the default range if it is not valid. */
export function resolveRange(range: TimeRange, nowMs: number): ResolvedRange {
  const parsed = parseRange(range.from, range.to, nowMs);
  return parsed.ok ? parsed.resolved : { startMs: nowMs - UNIT_MS.h, endMs: nowMs };
}

/** A range as queries ask for it. */
export function askedRange({ startMs, endMs }: ResolvedRange): { readonly start: string; readonly end: string } {
  return { start: new Date(startMs).toISOString(), end: new Date(endMs).toISOString() };
}

/** A range between two moments. */
export function absoluteRange(startMs: number, endMs: number): TimeRange {
  return { from: new Date(startMs).toISOString(), to: new Date(endMs).toISOString() };
}

/** True when the range moves with the clock. */
export function isRelative(range: TimeRange): boolean {
  return range.from.startsWith('now') || range.to.startsWith('now');
}

/** Twice the span about the same middle, but not past `nowMs` unless it already was. */
export function zoomOut({ startMs, endMs }: ResolvedRange, nowMs: number): TimeRange {
  const half = (endMs - startMs) / 2;
  const wantedEnd = Math.round(endMs + half);
  const end = Math.max(endMs, Math.min(wantedEnd, nowMs));
  return absoluteRange(Math.max(0, Math.round(end - 4 * half)), end);
}

const UNIT_WORDS = { ms: 'millisecond', s: 'second', m: 'minute', h: 'hour', d: 'day', w: 'week' } as const;

/** `Last 15 minutes` for a simple relative range, else both ends in local time. */
export function describeRange(range: TimeRange, resolved: ResolvedRange): string {
  const simple = range.to === 'now' ? /^now-(\d+)(ms|[smhdw])$/.exec(range.from) : null;
  if (simple !== null) {
    const word = UNIT_WORDS[simple[2] as keyof typeof UNIT_WORDS];
    return simple[1] === '1' ? `Last ${word}` : `Last ${simple[1]} ${word}s`;
  }
  if (isRelative(range)) {
    return `${range.from} – ${range.to}`;
  }
  const { startMs, endMs } = resolved;
  const sameDay = formatDay(startMs) === formatDay(endMs) && endMs - startMs < UNIT_MS.d;
  return `${formatDay(startMs)} ${formatClock(startMs)} – ${sameDay ? '' : `${formatDay(endMs)} `}${formatClock(endMs)}`;
}

/** How a time field shows one end: relative as it is, absolute in local time. */
export function fieldText(expression: string): string {
  return expression.startsWith('now') ? expression : formatLocal(Date.parse(expression));
}

/** Both ends of a span in local time, as exact as it is short. */
export function spanWords({ startMs, endMs }: ResolvedRange): string {
  const clock = endMs - startMs < 1000 ? formatClockMs : formatClock;
  const sameDay = formatDay(startMs) === formatDay(endMs);
  return `${formatDay(startMs)} ${clock(startMs)} – ${sameDay ? '' : `${formatDay(endMs)} `}${clock(endMs)}`;
}

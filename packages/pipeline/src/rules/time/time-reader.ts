import { NANOS_PER_SECOND, type UnixNanos, unixNanos, zonedSeconds } from '@aegisguard/model';
import { parseGoLayout } from './go-layout.ts';
import { type ReadTime, readByLayout } from './read-by-layout.ts';

/** Reads a time; undefined for a text that is none. `nowMs` tells the year where the text has none. */
export type TimeReader = (text: string, nowMs: number) => UnixNanos | undefined;

/** Numbers since the epoch: how many nanoseconds one is. */
const UNITS: Readonly<Record<string, bigint>> = {
  Unix: NANOS_PER_SECOND,
  UnixMs: 1_000_000n,
  UnixUs: 1_000n,
  UnixNs: 1n,
};
const NUMBER = /^([+-]?)(\d{1,19})(?:\.(\d{1,18}))?$/;
const TEXT_LENGTH_MAX = 200;
const JANUARY = 1;
const DECEMBER = 12;

/** A reader of a layout of Go or the name of a format; `zone` holds where the text says none. */
export function timeReader(format: string, zone: string): TimeReader {
  const unit = Object.hasOwn(UNITS, format) ? UNITS[format] : undefined;
  if (unit !== undefined) {
    return (text) => readNumber(text, unit);
  }
  const parts = parseGoLayout(format);
  return (text, nowMs) => {
    const time = text.length > TEXT_LENGTH_MAX ? undefined : readByLayout(text, parts);
    return time && instantOf(time, zone, nowMs);
  };
}

/** Whether there is a zone of that name. */
export function isZone(name: string): boolean {
  return zonedSeconds(0, name) !== undefined;
}

function readNumber(text: string, unit: bigint): UnixNanos | undefined {
  const [, sign, whole = '', fraction = ''] = NUMBER.exec(text) ?? [];
  // Only seconds have a fraction.
  if (sign === undefined || (fraction !== '' && unit !== NANOS_PER_SECOND)) {
    return undefined;
  }
  const nanos = BigInt(whole) * unit + (BigInt(fraction || '0') * unit) / 10n ** BigInt(fraction.length);
  return unixNanos(sign === '-' ? -nanos : nanos);
}

function instantOf(time: ReadTime, zone: string, nowMs: number): UnixNanos | undefined {
  const { month = JANUARY, minute = 0, second = 0, nanos = 0, offset, yearDay } = time;
  const year = time.year ?? yearNear(month, nowMs);
  const day = time.day ?? 1;
  const midnight = Date.UTC(year, yearDay === undefined ? month - 1 : 0, yearDay ?? day);
  if (yearDay === undefined && new Date(midnight).getUTCDate() !== day) {
    return undefined;
  }
  const local = midnight / 1000 + hourOf(time) * 3600 + minute * 60 + second;
  const seconds = offset === undefined ? zonedSeconds(local, zone) : local - offset;
  return seconds === undefined ? undefined : unixNanos(BigInt(seconds) * NANOS_PER_SECOND + BigInt(nanos));
}

function hourOf({ hour = 0, isAfternoon }: ReadTime): number {
  if (isAfternoon === undefined) {
    return hour;
  }
  return (hour % 12) + (isAfternoon ? 12 : 0);
}

/** Around the turn of the year a month may be the last one's or the next one's. */
function yearNear(month: number, nowMs: number): number {
  const now = new Date(nowMs);
  const year = now.getUTCFullYear();
  const current = now.getUTCMonth() + 1;
  if (month === DECEMBER && current === JANUARY) {
    return year - 1;
  }
  return month === JANUARY && current === DECEMBER ? year + 1 : year;
}

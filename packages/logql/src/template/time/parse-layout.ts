// Times out of texts, as Go's time.ParseInLocation reads them: https://pkg.go.dev/time#ParseInLocation

import { GoTime, unixSecondsOf, ZERO_TIME } from './go-time.ts';
import { layoutPieces } from './layout.ts';
import { ParsedTime, readElement, takeFraction } from './read-element.ts';
import { TextCursor } from './text-cursor.ts';
import { fixedZone, UTC, type Zone } from './zone.ts';

const NANOS_PER_SECOND = 1_000_000_000n;
const FRACTION = /^[.,][09]/;
const MONTH_DAYS = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];

function daysIn(year: number, month: number): number {
  const isLeap = year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0);
  return month === 2 && isLeap ? 29 : (MONTH_DAYS[month - 1] ?? 0);
}

/** The date and the time of day as seconds since 1970, were they UTC; undefined for a day that does not exist. */
function localSecondsOf(parsed: ParsedTime): number | undefined {
  const { year, month = 1, day = 1, yearDay, minute, second } = parsed;
  const hour = parsed.hourOfDay();
  const date = new Date(0);
  if (yearDay === undefined) {
    if (day < 1 || day > daysIn(year, month)) {
      return;
    }
    date.setUTCFullYear(year, month - 1, day);
  } else {
    date.setUTCFullYear(year, 0, yearDay);
    const isOther =
      date.getUTCFullYear() !== year ||
      yearDay < 1 ||
      (parsed.month !== undefined && parsed.month !== date.getUTCMonth() + 1) ||
      (parsed.day !== undefined && parsed.day !== date.getUTCDate());
    if (isOther) {
      return;
    }
  }
  return date.getTime() / 1000 + hour * 3600 + minute * 60 + second;
}

/** `GMT+3` says its offset; any other name that the zone does not know has none. */
function offsetOfName(name: string): number {
  const hours = /^GMT([+-]\d+)$/.exec(name)?.[1];
  return hours === undefined ? 0 : Number(hours) * 3600;
}

function placed(parsed: ParsedTime, localSeconds: number, zone: Zone): readonly [seconds: number, zone: Zone] {
  const { offset, zoneName, isUtc } = parsed;
  if (isUtc) {
    return [localSeconds, UTC];
  }
  if (offset !== undefined) {
    const seconds = localSeconds - offset;
    const there = zone.offsetAt(seconds);
    const isZone = there.seconds === offset && (zoneName === '' || zoneName === there.abbreviation);
    return [seconds, isZone ? zone : fixedZone(zoneName, offset)];
  }
  const seconds = unixSecondsOf(localSeconds, zone);
  if (zoneName === '' || zone.offsetAt(seconds).abbreviation === zoneName) {
    return [seconds, zone];
  }
  const guessed = offsetOfName(zoneName);
  return [localSeconds - guessed, fixedZone(zoneName, guessed)];
}

function readAll(layout: string, cursor: TextCursor): ParsedTime | undefined {
  const parsed = new ParsedTime();
  const pieces = layoutPieces(layout);
  for (const [index, { isElement, text }] of pieces.entries()) {
    if (!isElement) {
      if (!cursor.skipLiteral(text)) {
        return;
      }
      continue;
    }
    if (!readElement(text, cursor, parsed)) {
      return;
    }
    // A fraction of seconds may be there without being in the layout.
    const isFractionNext = FRACTION.test(pieces[index + 1]?.text ?? '') && pieces[index + 1]?.isElement === true;
    if ((text === '05' || text === '5') && !isFractionNext) {
      takeFraction(cursor, parsed);
    }
  }
  return cursor.isAtEnd ? parsed : undefined;
}

/** The time that a text shows in a layout; the zero time when it shows none. */
export function parseLayout(layout: string, text: string, zone: Zone): GoTime {
  const parsed = readAll(layout, new TextCursor(text));
  const localSeconds = parsed === undefined ? undefined : localSecondsOf(parsed);
  if (parsed === undefined || localSeconds === undefined) {
    return ZERO_TIME;
  }
  const [seconds, place] = placed(parsed, localSeconds, zone);
  return new GoTime(BigInt(seconds) * NANOS_PER_SECOND + BigInt(parsed.nanosecond), place);
}

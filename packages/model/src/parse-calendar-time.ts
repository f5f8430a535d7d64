// The forms of date and time that loggers write besides RFC 3339: ISO 8601, RFC 5322, RFC 850, asctime, RFC 3164, the common log format, and what Go, Java, Python, JavaScript, PHP, nginx, MySQL, DB2, glog and logcat print.
// Zones in brackets: https://www.rfc-editor.org/rfc/rfc9557
import { civilDays, nanosOf, SECONDS_PER_DAY } from './civil-time.ts';
import { type CalendarDate, readCalendarDate } from './read-calendar-date.ts';
import { isDigit, isLetter, TextCursor } from './text-cursor.ts';
import { abbreviationOffset, zonedSeconds } from './time-zone-offset.ts';
import { NANOS_PER_SECOND, type UnixNanos } from './unix-nanos.ts';

/** No form is longer: JavaScript's with a zone's long name in parentheses has 70. */
const LENGTH_MAX = 100;
/** Fractions have one to nine digits that count; more are cut off. */
const NANO_DIGITS = 9;
/** Years to look at for a date without one: the nearest February 29 may be eight years away. */
const YEARS_AROUND = 8;

/** What stands behind a date. Numbers are NaN as long as they have not been read. */
interface ClockTime {
  seconds: number;
  nanos: number;
  isLeapSecond: boolean;
}

/** What stands behind the time of day. */
interface Tail {
  year: number;
  /** Seconds east of UTC. */
  offset: number;
  /** A name of the tz database. */
  zone: string;
}

const NO_TAIL: Readonly<Tail> = { year: Number.NaN, offset: Number.NaN, zone: '' };

/** What is between a date and its time: CLF has a colon, DB2 a dash. False when there is nothing. */
function takeSeparator(cursor: TextCursor, date: CalendarDate): boolean {
  if (date.isIso && (cursor.take('T') || cursor.take('t') || cursor.take('-') || cursor.take('_'))) {
    return true;
  }
  if (!date.isIso && cursor.take(':')) {
    return true;
  }
  const comma = cursor.take(',');
  const blank = cursor.takeBlanks();
  if (blank && cursor.text.startsWith('at ', cursor.at)) {
    cursor.at += 3;
  }
  return blank || comma;
}

/** The digits of a fraction as nanoseconds. */
function takeFraction(cursor: TextCursor): number {
  const digits = cursor.countDigits();
  const nanos = cursor.takeDigits(Math.min(digits, NANO_DIGITS));
  cursor.at += Math.max(0, digits - NANO_DIGITS);
  return digits === 0 ? Number.NaN : nanos * 10 ** Math.max(0, NANO_DIGITS - digits);
}

/** `AM` or `PM` in any case, with dots or without. */
function takeHalfDay(cursor: TextCursor): 'am' | 'pm' | undefined {
  const before = cursor.at;
  cursor.takeBlanks();
  const letter = cursor.takeWord().toLowerCase();
  if (letter === 'am' || letter === 'pm') {
    return letter;
  }
  if ((letter === 'a' || letter === 'p') && cursor.take('.') && (cursor.take('m') || cursor.take('M'))) {
    cursor.take('.');
    return letter === 'a' ? 'am' : 'pm';
  }
  cursor.at = before;
  return undefined;
}

/** The fraction behind a second, 0 when there is none: log4j's ABSOLUTE has a comma, Java's SimpleDateFormat often a colon. */
function readFraction(cursor: TextCursor): number {
  const isThere = cursor.take('.') || cursor.take(',') || (isDigit(cursor.peek(1)) && cursor.take(':'));
  return isThere ? takeFraction(cursor) : 0;
}

/** The hour of a day of 24 hours, NaN when a clock shows none such. */
function wholeHour(hour: number, half: 'am' | 'pm' | undefined): number {
  if (half === undefined) {
    return hour <= 23 ? hour : Number.NaN;
  }
  return hour >= 1 && hour <= 12 ? (hour % 12) + (half === 'pm' ? 12 : 0) : Number.NaN;
}

/** What stands between hour, minute and second; `undefined` when the text is no time. */
function takeClockSeparator(cursor: TextCursor, isBasic: boolean): string | undefined {
  if (isBasic) {
    return '';
  }
  return cursor.take(':') ? ':' : cursor.take('.') ? '.' : undefined;
}

/** `14:03:05.123`, `2:03 PM`, `140305`, `14.03.05`. */
function readClockTime(cursor: TextCursor, date: CalendarDate): ClockTime | undefined {
  const digits = cursor.countDigits();
  const isBasic = digits === 6 || digits === 4;
  const shown = isBasic ? cursor.takeDigits(2) : cursor.takeNumber(date.isIso ? 2 : 1, 2);
  const separator = takeClockSeparator(cursor, isBasic);
  if (separator === undefined) {
    return undefined;
  }
  const minute = cursor.takeDigits(2);
  const hasSecond = isBasic ? digits === 6 : cursor.take(separator);
  const second = hasSecond ? cursor.takeDigits(2) : 0;
  const nanos = hasSecond ? readFraction(cursor) : 0;
  const hour = wholeHour(shown, takeHalfDay(cursor));
  if (!(hour >= 0 && minute <= 59 && second <= 60 && nanos >= 0) || isDigit(cursor.peek())) {
    return undefined;
  }
  return { seconds: hour * 3600 + minute * 60 + second, nanos, isLeapSecond: second === 60 };
}

/** `+01`, `+0100`, `+01:00`, `+01:00:00`, with a hyphen or the minus sign of ISO 8601; behind `UTC` or `GMT` also `+1`. */
function takeOffset(cursor: TextCursor, digitsMin = 2): number {
  const isEast = cursor.take('+');
  if (!(isEast || cursor.take('-') || cursor.take('\u2212'))) {
    return Number.NaN;
  }
  const digits = cursor.countDigits();
  let seconds = Number.NaN;
  if (digits === 4 || (digits <= 2 && digits >= digitsMin)) {
    const hours = cursor.takeDigits(Math.min(digits, 2));
    const minutes = digits === 4 || (digits === 2 && cursor.take(':')) ? cursor.takeDigits(2) : 0;
    const rest = digits === 2 && cursor.take(':') ? cursor.takeDigits(2) : 0;
    seconds = hours <= 23 && minutes <= 59 && rest <= 59 ? hours * 3600 + minutes * 60 + rest : Number.NaN;
  }
  return isEast ? seconds : -seconds;
}

/** A name of the tz database goes on after its first letters. */
function takeZoneName(cursor: TextCursor): string {
  const from = cursor.at;
  for (let code = cursor.peek(); isLetter(code) || isDigit(code) || '/_+-'.includes(String.fromCharCode(code)); ) {
    cursor.at += 1;
    code = cursor.peek();
  }
  return cursor.text.slice(from, cursor.at);
}

/** A zone in letters: an abbreviation, which may have an offset behind it, or a name. One that follows an offset only says it again. */
function readZoneWord(cursor: TextCursor, tail: Tail): boolean {
  const from = cursor.at;
  const word = cursor.takeWord();
  if (cursor.peek() === 47 || cursor.peek() === 95) {
    cursor.at = from;
    tail.zone = takeZoneName(cursor);
    return true;
  }
  if (!Number.isNaN(tail.offset)) {
    return word.length <= 5;
  }
  const offset = abbreviationOffset(word);
  if (offset === undefined) {
    return false;
  }
  const code = cursor.peek();
  tail.offset = offset + (offset === 0 && word.length > 1 && (code === 43 || code === 45) ? takeOffset(cursor, 1) : 0);
  return !Number.isNaN(tail.offset);
}

/** RFC 9557: a zone in brackets, and `[u-ca=…]`, which says nothing of the instant. */
function readBracket(cursor: TextCursor, tail: Tail): boolean {
  cursor.take('!');
  const end = cursor.text.indexOf(']', cursor.at);
  if (end < 0) {
    return false;
  }
  const content = cursor.text.slice(cursor.at, end);
  cursor.at = end + 1;
  if (!content.includes('=')) {
    const isOffset = content.startsWith('+') || content.startsWith('-');
    tail.zone = tail.zone === '' && !isOffset ? content : tail.zone;
  }
  return true;
}

/** One thing behind the time; false for what nothing is. */
function readTailPart(cursor: TextCursor, tail: Tail, afterBlank: boolean): boolean {
  const code = cursor.peek();
  if (isDigit(code)) {
    tail.year = Number.isNaN(tail.year) ? cursor.takeNumber(4, 4) : Number.NaN;
    return !Number.isNaN(tail.year);
  }
  if (code === 43 || code === 45 || code === 0x2212) {
    tail.offset = Number.isNaN(tail.offset) ? takeOffset(cursor) : Number.NaN;
    return !Number.isNaN(tail.offset);
  }
  if (cursor.take('[')) {
    return readBracket(cursor, tail);
  }
  if (code === 40 && cursor.text.endsWith(')')) {
    // A comment, as RFC 5322 and JavaScript have it.
    cursor.at = cursor.text.length;
    return true;
  }
  if (cursor.text.startsWith('m=', cursor.at)) {
    // Go's monotonic clock.
    cursor.at = cursor.text.length;
    return true;
  }
  return isLetter(code) && (afterBlank || Number.isNaN(tail.offset)) && readZoneWord(cursor, tail);
}

function readTail(cursor: TextCursor, year: number): Tail | undefined {
  const tail: Tail = { year, offset: Number.NaN, zone: '' };
  while (!cursor.atEnd) {
    const hasBlanks = cursor.takeBlanks();
    if (hasBlanks && cursor.atEnd) {
      return undefined;
    }
    if (!readTailPart(cursor, tail, hasBlanks)) {
      return undefined;
    }
  }
  return tail;
}

/** The instant of a date and time in a year; `undefined` when there is no such day or zone. An offset wins over a zone's name, since it says which of two equal hours is meant. */
function instantOf(date: CalendarDate, year: number, time: ClockTime, tail: Readonly<Tail>): UnixNanos | undefined {
  const local = civilDays(year, date.month, date.day) * SECONDS_PER_DAY + time.seconds;
  if (Number.isNaN(local)) {
    return undefined;
  }
  const seconds =
    Number.isNaN(tail.offset) && tail.zone !== ''
      ? zonedSeconds(local, tail.zone)
      : local - (Number.isNaN(tail.offset) ? 0 : tail.offset);
  if (seconds === undefined || (time.isLeapSecond && seconds % SECONDS_PER_DAY !== 0)) {
    return undefined;
  }
  return nanosOf(seconds, time.nanos);
}

/** Of the years around the time of receipt the one in which the date is nearest to it. */
function nearestInstant(date: CalendarDate, time: ClockTime, tail: Tail, received: UnixNanos): UnixNanos | undefined {
  const year = new Date(Number(received / NANOS_PER_SECOND) * 1000).getUTCFullYear();
  const around = date.month === 2 && date.day === 29 ? YEARS_AROUND : 1;
  let nearest: UnixNanos | undefined;
  let distance = 0n;
  for (let candidate = year - around; candidate <= year + around; candidate += 1) {
    const instant = instantOf(date, candidate, time, tail);
    if (instant !== undefined) {
      const away = instant < received ? received - instant : instant - received;
      if (nearest === undefined || away < distance) {
        nearest = instant;
        distance = away;
      }
    }
  }
  return nearest;
}

/** Without the brackets that lines have around their times. */
function withoutBrackets(text: string): string {
  return text.startsWith('[') && text.endsWith(']') ? text.slice(1, -1) : text;
}

/**
 * Reads the forms that `parseRfc3339` does not. Without a zone a time is UTC. A date without a year is the one nearest to `receivedAt`; without that it is refused. Months and weekdays are English; a weekday is not
 * compared with its date. Refused on purpose, as RFC 3339 does: the hour 24, numbers of too few digits in ISO forms, blanks around.
 */
export function parseCalendarTime(text: string, receivedAt: UnixNanos | undefined): UnixNanos | undefined {
  if (text.length > LENGTH_MAX) {
    return undefined;
  }
  const cursor = new TextCursor(withoutBrackets(text));
  const date = readCalendarDate(cursor);
  // Also false for NaN: a name that is no month, digits that are missing.
  if (date === undefined || !(date.month >= 1 && date.day >= 1)) {
    return undefined;
  }
  if (cursor.atEnd) {
    return date.isIso ? instantOf(date, date.year, { seconds: 0, nanos: 0, isLeapSecond: false }, NO_TAIL) : undefined;
  }
  const time = takeSeparator(cursor, date) ? readClockTime(cursor, date) : undefined;
  const tail = time === undefined ? undefined : readTail(cursor, date.year);
  if (time === undefined || tail === undefined) {
    return undefined;
  }
  if (!Number.isNaN(tail.year)) {
    return instantOf(date, tail.year, time, tail);
  }
  return receivedAt === undefined ? undefined : nearestInstant(date, time, tail, receivedAt);
}

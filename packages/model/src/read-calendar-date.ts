// https://www.iso.org/iso-8601-date-and-time-format.html (calendar, week and ordinal dates, basic and extended), https://www.rfc-editor.org/rfc/rfc5322#section-3.3,
// https://www.rfc-editor.org/rfc/rfc3164#section-4.1.2, https://www.rfc-editor.org/rfc/rfc9110#section-5.6.7, https://pubs.opengroup.org/onlinepubs/9799919799/functions/asctime.html
import { civilDays, isLeapYear } from './civil-time.ts';
import { isDigit, isLetter, type TextCursor } from './text-cursor.ts';

/** A date as it stands in a text. */
export interface CalendarDate {
  /** NaN when it has no year, or none yet: asctime has it behind the time. */
  readonly year: number;
  readonly month: number;
  readonly day: number;
  /** ISO 8601's dates may stand alone, and have a `T` and two digits of the hour behind them. */
  readonly isIso: boolean;
}

const MONTHS = [
  'january',
  'february',
  'march',
  'april',
  'may',
  'june',
  'july',
  'august',
  'september',
  'october',
  'november',
  'december',
];
const MONTH_OF_NAME: ReadonlyMap<string, number> = new Map([
  ...MONTHS.map((name, at) => [name, at + 1] as const),
  ...MONTHS.map((name, at) => [name.slice(0, 3), at + 1] as const),
  ['sept', 9],
]);
const WEEKDAYS = new Set(
  ['monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday', 'sunday'].flatMap((name) => [
    name,
    name.slice(0, 3),
    name.slice(0, 4),
  ]),
);
const ORDINAL_ENDINGS = new Set(['st', 'nd', 'rd', 'th']);
const DAYS_BEFORE_MONTH = [0, 31, 59, 90, 120, 151, 181, 212, 243, 273, 304, 334];
const NAME_LENGTH_MAX = 9;

function monthOf(word: string): number {
  return word.length > NAME_LENGTH_MAX ? Number.NaN : (MONTH_OF_NAME.get(word.toLowerCase()) ?? Number.NaN);
}

/** A year of two digits is of 1950–2049, one of three counts from 1900, as RFC 5322 §4.3 has it. */
function wholeYear(year: number, digits: number): number {
  return digits === 2 ? year + (year < 50 ? 2000 : 1900) : digits === 3 ? year + 1900 : year;
}

function iso(year: number, month: number, day: number): CalendarDate {
  return { year, month, day, isIso: true };
}

/** The nth day of a year. */
function fromOrdinal(year: number, nth: number): CalendarDate | undefined {
  if (!(nth >= 1 && nth <= (isLeapYear(year) ? 366 : 365))) {
    return undefined;
  }
  const leap = isLeapYear(year) ? 1 : 0;
  let month = 12;
  while (nth <= (DAYS_BEFORE_MONTH[month - 1] ?? 0) + (month > 2 ? leap : 0)) {
    month -= 1;
  }
  return iso(year, month, nth - (DAYS_BEFORE_MONTH[month - 1] ?? 0) - (month > 2 ? leap : 0));
}

/** The day of an ISO week, the first of which has the year's first Thursday. */
function fromWeek(year: number, week: number, weekday: number): CalendarDate | undefined {
  if (!(week >= 1 && week <= 53 && weekday >= 1 && weekday <= 7)) {
    return undefined;
  }
  // Monday is 0; the epoch was a Thursday. The week of January 4 is the first.
  const mondayOf = (days: number): number => days - ((((days + 3) % 7) + 7) % 7);
  const first = mondayOf(civilDays(year, 1, 4));
  if (week === 53 && first + 53 * 7 === mondayOf(civilDays(year + 1, 1, 4)) + 7) {
    return undefined;
  }
  const nth = first + (week - 1) * 7 + weekday - civilDays(year, 1, 1);
  const length = isLeapYear(year) ? 366 : 365;
  if (nth < 1) {
    return fromOrdinal(year - 1, nth + (isLeapYear(year - 1) ? 366 : 365));
  }
  return nth > length ? fromOrdinal(year + 1, nth - length) : fromOrdinal(year, nth);
}

/** What follows a year of four digits and `-`: `MM-DD`, `DDD`, `Www-D`, `Mon-DD`. */
function readAfterYearDash(cursor: TextCursor, year: number): CalendarDate | undefined {
  if (cursor.take('W')) {
    const week = cursor.takeDigits(2);
    return cursor.take('-') ? fromWeek(year, week, cursor.takeNumber(1, 1)) : undefined;
  }
  const digits = cursor.countDigits();
  if (digits === 3) {
    return fromOrdinal(year, cursor.takeDigits(3));
  }
  if (digits === 2) {
    const month = cursor.takeDigits(2);
    return cursor.take('-') ? iso(year, month, cursor.takeNumber(2, 2)) : undefined;
  }
  const month = monthOf(cursor.takeWord());
  return cursor.take('-') ? { year, month, day: cursor.takeNumber(1, 2), isIso: false } : undefined;
}

/** What follows a year of four digits: another separator than `-`, a week, or a month's name. */
function readAfterYear(cursor: TextCursor, year: number): CalendarDate | undefined {
  if (cursor.take('-')) {
    return readAfterYearDash(cursor, year);
  }
  if (cursor.take('W')) {
    const week = cursor.takeDigits(2);
    return fromWeek(year, week, cursor.takeNumber(1, 1));
  }
  for (const separator of ['/', '.']) {
    if (cursor.take(separator)) {
      const month = cursor.takeNumber(1, 2);
      return cursor.take(separator) ? { year, month, day: cursor.takeNumber(1, 2), isIso: false } : undefined;
    }
  }
  if (cursor.takeBlanks() && isLetter(cursor.peek())) {
    const month = monthOf(cursor.takeWord());
    cursor.takeBlanks();
    return { year, month, day: cursor.takeNumber(1, 2), isIso: false };
  }
  return undefined;
}

/** A year, unless the number is the hour of the time that follows: NaN then, and nothing is taken. */
function takeYear(cursor: TextCursor, twoDigitsToo: boolean): number {
  const digits = cursor.countDigits();
  const isTime = cursor.peek(digits) === 58 && digits < 3;
  return !isTime && (digits === 4 || (twoDigitsToo && (digits === 2 || digits === 3)))
    ? wholeYear(cursor.takeDigits(digits), digits)
    : Number.NaN;
}

/** `26 Nov 2026`, `26/Nov/2026`, `06-Nov-94`, `26 Nov`: what follows the day and its separator. */
function readNamedMonth(cursor: TextCursor, day: number): CalendarDate | undefined {
  const month = monthOf(cursor.takeWord());
  cursor.take('.');
  cursor.take(',');
  const before = cursor.at;
  if (cursor.take('-') || cursor.take('/') || cursor.takeBlanks()) {
    const year = takeYear(cursor, true);
    if (!Number.isNaN(year)) {
      return { year, month, day, isIso: false };
    }
    cursor.at = before;
  }
  return { year: Number.NaN, month, day, isIso: false };
}

/**
 * Two numbers and perhaps a year. With `/` the month comes first, as in the United States, whose form this is, unless it cannot be one; with `.` the day does, as in
 * Europe; with `-` the day does, too, unless there is no year: `11-26` is how Android writes.
 */
function readNumbers(cursor: TextCursor, first: number, separator: string): CalendarDate | undefined {
  const second = cursor.takeNumber(1, 2);
  const year = cursor.take(separator) ? takeYear(cursor, true) : Number.NaN;
  const monthFirst =
    separator === '/' ? first <= 12 : separator === '-' && (Number.isNaN(year) || (second > 12 && first <= 12));
  const month = monthFirst ? first : second;
  return { year, month, day: monthFirst ? second : first, isIso: false };
}

/** What follows a day or month of one or two digits. */
function readAfterShortNumber(cursor: TextCursor, number: number): CalendarDate | undefined {
  for (const separator of ['/', '-', '.']) {
    if (cursor.take(separator)) {
      return isLetter(cursor.peek()) ? readNamedMonth(cursor, number) : readNumbers(cursor, number, separator);
    }
  }
  return cursor.takeBlanks() && isLetter(cursor.peek()) ? readNamedMonth(cursor, number) : undefined;
}

/** A date that begins with digits. */
function readNumericDate(cursor: TextCursor): CalendarDate | undefined {
  const digits = cursor.countDigits();
  switch (digits) {
    case 8:
      return iso(cursor.takeDigits(4), cursor.takeDigits(2), cursor.takeDigits(2));
    case 7: {
      const year = cursor.takeDigits(4);
      return fromOrdinal(year, cursor.takeDigits(3));
    }
    case 6:
      // MySQL and HDFS: YYMMDD.
      return {
        year: wholeYear(cursor.takeDigits(2), 2),
        month: cursor.takeDigits(2),
        day: cursor.takeDigits(2),
        isIso: false,
      };
    case 4:
      return readAfterYear(cursor, cursor.takeDigits(4));
    case 2:
    case 1:
      return readAfterShortNumber(cursor, cursor.takeDigits(digits));
    default:
      return undefined;
  }
}

/** `Nov 26`, `November 26th, 2026`: what follows the month. */
function readAfterMonth(cursor: TextCursor, month: number): CalendarDate | undefined {
  cursor.take('.');
  if (!(cursor.takeBlanks() || cursor.take('-') || cursor.take('/'))) {
    return undefined;
  }
  const day = cursor.takeNumber(1, 2);
  if (isLetter(cursor.peek()) && !ORDINAL_ENDINGS.has(cursor.takeWord().toLowerCase())) {
    return undefined;
  }
  const before = cursor.at;
  cursor.take(',');
  if (cursor.takeBlanks() || cursor.take('-') || cursor.take('/')) {
    const year = takeYear(cursor, false);
    if (!Number.isNaN(year)) {
      return { year, month, day, isIso: false };
    }
  }
  cursor.at = before;
  return { year: Number.NaN, month, day, isIso: false };
}

/** glog: a letter for the level, then `MMDD`, or `YYYYMMDD`. */
function readGlogDate(cursor: TextCursor): CalendarDate | undefined {
  const year = cursor.countDigits() === 8 ? cursor.takeDigits(4) : Number.NaN;
  return cursor.countDigits() === 4
    ? { year, month: cursor.takeDigits(2), day: cursor.takeDigits(2), isIso: false }
    : undefined;
}

/** ECMAScript's years of six digits, the positive ones. */
function readExpandedYear(cursor: TextCursor): CalendarDate | undefined {
  const year = cursor.takeNumber(6, 6);
  return cursor.take('-') ? readAfterYearDash(cursor, year) : undefined;
}

/** Takes the date at the beginning of a text, whether or not there is such a day; `undefined` when none stands there. */
export function readCalendarDate(cursor: TextCursor): CalendarDate | undefined {
  if (isDigit(cursor.peek())) {
    return readNumericDate(cursor);
  }
  if (cursor.take('+')) {
    return readExpandedYear(cursor);
  }
  const word = cursor.takeWord();
  if (word.length === 1 && isDigit(cursor.peek())) {
    return 'IWEF'.includes(word) ? readGlogDate(cursor) : undefined;
  }
  if (word.length > NAME_LENGTH_MAX || word === '') {
    return undefined;
  }
  if (!WEEKDAYS.has(word.toLowerCase())) {
    return readAfterMonth(cursor, monthOf(word));
  }
  cursor.take('.');
  cursor.take(',');
  cursor.takeBlanks();
  return isDigit(cursor.peek()) ? readNumericDate(cursor) : readAfterMonth(cursor, monthOf(cursor.takeWord()));
}

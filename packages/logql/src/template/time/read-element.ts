import { MONTHS, WEEKDAYS } from './layout.ts';
import type { TextCursor } from './text-cursor.ts';

/** What of a time a text has said. */
export class ParsedTime {
  year = 0;
  month: number | undefined;
  day: number | undefined;
  yearDay: number | undefined;
  hour = 0;
  minute = 0;
  second = 0;
  nanosecond = 0;
  half: 'am' | 'pm' | undefined;
  /** Seconds east of Greenwich. */
  offset: number | undefined;
  zoneName = '';
  isUtc = false;

  /** From 0 to 23. */
  hourOfDay(): number {
    if (this.half === 'pm' && this.hour < 12) {
      return this.hour + 12;
    }
    return this.half === 'am' && this.hour === 12 ? 0 : this.hour;
  }
}

/** Reads an element into the time; false when it is not there. */
type Reader = (cursor: TextCursor, parsed: ParsedTime) => boolean;

const SHORT_MONTHS = MONTHS.map((name) => name.slice(0, 3));
const SHORT_WEEKDAYS = WEEKDAYS.map((name) => name.slice(0, 3));
/** Two digits of a year from here on are of the century before. */
const CENTURY_SPLIT = 69;
const NANO_DIGITS = 9;

function numberReader(
  pattern: RegExp,
  [least, most]: readonly [number, number],
  put: (parsed: ParsedTime, value: number) => void,
): Reader {
  return (cursor, parsed) => {
    const value = Number(cursor.take(pattern) ?? Number.NaN);
    if (!(value >= least && value <= most)) {
      return false;
    }
    put(parsed, value);
    return true;
  };
}

function nameReader(names: readonly string[], put: (parsed: ParsedTime, index: number) => void): Reader {
  return (cursor, parsed) => {
    const index = cursor.takeName(names);
    if (index !== undefined) {
      put(parsed, index);
    }
    return index !== undefined;
  };
}

function halfReader(pattern: RegExp): Reader {
  return (cursor, parsed) => {
    const half = cursor.take(pattern)?.toLowerCase();
    if (half === 'am' || half === 'pm') {
      parsed.half = half;
    }
    return half !== undefined;
  };
}

const ONE_OR_TWO = /^[0-9]{1,2}/;
const TWO = /^[0-9]{2}/;

const setMonth = (parsed: ParsedTime, value: number): void => {
  parsed.month = value;
};
const setDay = (parsed: ParsedTime, value: number): void => {
  parsed.day = value;
};
const setYearDay = (parsed: ParsedTime, value: number): void => {
  parsed.yearDay = value;
};
const setHour = (parsed: ParsedTime, value: number): void => {
  parsed.hour = value;
};
const setMinute = (parsed: ParsedTime, value: number): void => {
  parsed.minute = value;
};
const setSecond = (parsed: ParsedTime, value: number): void => {
  parsed.second = value;
};
const setYear = (parsed: ParsedTime, value: number): void => {
  parsed.year = value;
};
const setMonthIndex = (parsed: ParsedTime, index: number): void => {
  parsed.month = index + 1;
};
/** The day of the week says nothing. */
const ignore = (): void => undefined;

/** Any day at first: whether the month has it is asked when the month is known. */
const DAYS = [0, 99] as const;

const READERS: Readonly<Record<string, Reader>> = {
  '2006': numberReader(/^[0-9]{4}/, [0, 9999], setYear),
  '06': numberReader(TWO, [0, 99], (parsed, value) => {
    parsed.year = value + (value >= CENTURY_SPLIT ? 1900 : 2000);
  }),
  January: nameReader(MONTHS, setMonthIndex),
  Jan: nameReader(SHORT_MONTHS, setMonthIndex),
  '01': numberReader(TWO, [1, 12], setMonth),
  '1': numberReader(ONE_OR_TWO, [1, 12], setMonth),
  Monday: nameReader(WEEKDAYS, ignore),
  Mon: nameReader(SHORT_WEEKDAYS, ignore),
  '02': numberReader(TWO, DAYS, setDay),
  _2: numberReader(/^ ?[0-9]{1,2}/, DAYS, setDay),
  '2': numberReader(ONE_OR_TWO, DAYS, setDay),
  '002': numberReader(/^[0-9]{3}/, [1, 366], setYearDay),
  __2: numberReader(/^ {0,2}[0-9]{1,3}/, [1, 366], setYearDay),
  '15': numberReader(ONE_OR_TWO, [0, 23], setHour),
  '03': numberReader(TWO, [0, 12], setHour),
  '3': numberReader(ONE_OR_TWO, [0, 12], setHour),
  '04': numberReader(TWO, [0, 59], setMinute),
  '4': numberReader(ONE_OR_TWO, [0, 59], setMinute),
  '05': numberReader(TWO, [0, 59], setSecond),
  '5': numberReader(ONE_OR_TWO, [0, 59], setSecond),
  PM: halfReader(/^(?:AM|PM)/),
  pm: halfReader(/^(?:am|pm)/),
  MST: readZoneName,
};

const ZONE_NAME = /^(?:ChST|MeST|GMT(?:[+-][0-9]{1,2})?|[+-][0-9]{2}|WITA|[A-Z]{4}T|[A-Z]{3}T|[A-Z]{3})(?![A-Z])/;

function readZoneName(cursor: TextCursor, parsed: ParsedTime): boolean {
  if (cursor.take(/^UTC/) !== undefined) {
    parsed.isUtc = true;
    return true;
  }
  const name = cursor.take(ZONE_NAME);
  parsed.zoneName = name ?? '';
  return name !== undefined;
}

/** By the element's own digits and colons. */
const OFFSETS: Readonly<Record<string, RegExp>> = {
  '07': /^([+-])([0-9]{2})/,
  '0700': /^([+-])([0-9]{2})([0-9]{2})/,
  '07:00': /^([+-])([0-9]{2}):([0-9]{2})/,
  '070000': /^([+-])([0-9]{2})([0-9]{2})([0-9]{2})/,
  '07:00:00': /^([+-])([0-9]{2}):([0-9]{2}):([0-9]{2})/,
};

function readOffset(element: string, cursor: TextCursor, parsed: ParsedTime): boolean {
  if (element.startsWith('Z') && cursor.take(/^Z/) !== undefined) {
    parsed.isUtc = true;
    return true;
  }
  const pattern = OFFSETS[element.slice(1)];
  const text = pattern === undefined ? undefined : cursor.take(pattern);
  if (pattern === undefined || text === undefined) {
    return false;
  }
  const [, sign, hours = '0', minutes = '0', seconds = '0'] = pattern.exec(text) ?? [];
  if (Number(hours) > 24 || Number(minutes) > 59 || Number(seconds) > 59) {
    return false;
  }
  const magnitude = Number(hours) * 3600 + Number(minutes) * 60 + Number(seconds);
  parsed.offset = sign === '-' ? -magnitude : magnitude;
  return true;
}

function setFraction(parsed: ParsedTime, digits: string): void {
  parsed.nanosecond = Number(digits.slice(0, NANO_DIGITS).padEnd(NANO_DIGITS, '0'));
}

/** Takes a fraction of a second, if there is one. */
export function takeFraction(cursor: TextCursor, parsed: ParsedTime): void {
  const fraction = cursor.take(/^[.,][0-9]+/);
  if (fraction !== undefined) {
    setFraction(parsed, fraction.slice(1));
  }
}

function readFraction(element: string, cursor: TextCursor, parsed: ParsedTime): boolean {
  if (element.charAt(1) === '9') {
    takeFraction(cursor, parsed);
    return true;
  }
  const fraction = cursor.take(new RegExp(`^[.,][0-9]{${Math.min(element.length - 1, 100)}}`));
  if (fraction === undefined || fraction.length !== element.length) {
    return false;
  }
  setFraction(parsed, fraction.slice(1));
  return true;
}

/** Reads an element of a layout; false when the text has something else there. */
export function readElement(element: string, cursor: TextCursor, parsed: ParsedTime): boolean {
  const reader = READERS[element];
  if (reader !== undefined) {
    return reader(cursor, parsed);
  }
  return /^[.,]/.test(element) ? readFraction(element, cursor, parsed) : readOffset(element, cursor, parsed);
}

import type { GoTime } from './go-time.ts';
import { layoutPieces, MONTHS, WEEKDAYS } from './layout.ts';

const DAY_MS = 86_400_000;

interface Clock {
  /** With the local time in its UTC fields. */
  readonly date: Date;
  readonly nanosecond: number;
  readonly offsetSeconds: number;
  readonly abbreviation: string;
}

function pad(value: number, width: number, filler = '0'): string {
  return String(value).padStart(width, filler);
}

function yearDay(date: Date): number {
  const start = new Date(date);
  start.setUTCMonth(0, 1);
  return Math.round((date.getTime() - start.getTime()) / DAY_MS) + 1;
}

function hour12(date: Date): number {
  return date.getUTCHours() % 12 || 12;
}

function formatYear(date: Date): string {
  const year = date.getUTCFullYear();
  return year < 0 ? `-${pad(-year, 4)}` : pad(year, 4);
}

/** `-07:00` and its kin; those with `Z` have it for UTC. */
function formatOffset(element: string, seconds: number): string {
  if (element.startsWith('Z') && seconds === 0) {
    return 'Z';
  }
  const magnitude = Math.abs(seconds);
  const colon = element.includes(':') ? ':' : '';
  const parts = [magnitude / 3600, (magnitude / 60) % 60, magnitude % 60].map((part) => pad(Math.floor(part), 2));
  const count = 1 + (element.replace(/[^0]/g, '').length - 1) / 2;
  return (seconds < 0 ? '-' : '+') + parts.slice(0, count).join(colon);
}

/** Where there is no abbreviation, the offset. */
function formatAbbreviation({ abbreviation, offsetSeconds }: Clock): string {
  return abbreviation === '' ? formatOffset('-0700', offsetSeconds) : abbreviation;
}

/** `.000` keeps its zeros; `.999` leaves out those at the end. */
function formatFraction(element: string, nanosecond: number): string {
  const digits = pad(nanosecond, 9)
    .slice(0, element.length - 1)
    .padEnd(element.length - 1, '0');
  if (element.charAt(1) === '0') {
    return element.charAt(0) + digits;
  }
  const kept = digits.replace(/0+$/, '');
  return kept === '' ? '' : element.charAt(0) + kept;
}

const ELEMENTS: Readonly<Record<string, (clock: Clock) => string>> = {
  January: ({ date }) => MONTHS[date.getUTCMonth()] ?? '',
  Jan: ({ date }) => (MONTHS[date.getUTCMonth()] ?? '').slice(0, 3),
  Monday: ({ date }) => WEEKDAYS[date.getUTCDay()] ?? '',
  Mon: ({ date }) => (WEEKDAYS[date.getUTCDay()] ?? '').slice(0, 3),
  MST: formatAbbreviation,
  '002': ({ date }) => pad(yearDay(date), 3),
  __2: ({ date }) => pad(yearDay(date), 3, ' '),
  '01': ({ date }) => pad(date.getUTCMonth() + 1, 2),
  '1': ({ date }) => String(date.getUTCMonth() + 1),
  '02': ({ date }) => pad(date.getUTCDate(), 2),
  _2: ({ date }) => pad(date.getUTCDate(), 2, ' '),
  '2': ({ date }) => String(date.getUTCDate()),
  '15': ({ date }) => pad(date.getUTCHours(), 2),
  '03': ({ date }) => pad(hour12(date), 2),
  '3': ({ date }) => String(hour12(date)),
  '04': ({ date }) => pad(date.getUTCMinutes(), 2),
  '4': ({ date }) => String(date.getUTCMinutes()),
  '05': ({ date }) => pad(date.getUTCSeconds(), 2),
  '5': ({ date }) => String(date.getUTCSeconds()),
  '2006': ({ date }) => formatYear(date),
  '06': ({ date }) => pad(Math.abs(date.getUTCFullYear()) % 100, 2),
  PM: ({ date }) => (date.getUTCHours() >= 12 ? 'PM' : 'AM'),
  pm: ({ date }) => (date.getUTCHours() >= 12 ? 'pm' : 'am'),
};

function formatElement(element: string, clock: Clock): string {
  const format = ELEMENTS[element];
  if (format !== undefined) {
    return format(clock);
  }
  return /^[.,]/.test(element) ? formatFraction(element, clock.nanosecond) : formatOffset(element, clock.offsetSeconds);
}

/** A time as a layout shows it. */
export function formatLayout(time: GoTime, layout: string): string {
  const unixSeconds = Number(time.unixSeconds);
  const { seconds, abbreviation } = time.zone.offsetAt(unixSeconds);
  const { nanosecond } = time;
  const date = new Date((unixSeconds + seconds) * 1000);
  if (Number.isNaN(date.getTime())) {
    return '';
  }
  const clock = { date, nanosecond, offsetSeconds: seconds, abbreviation };
  return layoutPieces(layout)
    .map(({ isElement, text }) => (isElement ? formatElement(text, clock) : text))
    .join('');
}

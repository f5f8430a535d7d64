import { layoutPieces, parseLayout, ZERO_TIME, zoneOf } from '@aegisguard/logql';
import { NANOS_PER_MS, NANOS_PER_SECOND, type UnixNanos, unixNanos } from '@aegisguard/model';

/** Reads a time; undefined for a text that is none. `nowMs` tells the year where the text has none. */
export type TimeReader = (text: string, nowMs: number) => UnixNanos | undefined;

/** Layouts of Go that have names: https://pkg.go.dev/time#pkg-constants */
const NAMED: Readonly<Record<string, string>> = {
  ANSIC: 'Mon Jan _2 15:04:05 2006',
  UnixDate: 'Mon Jan _2 15:04:05 MST 2006',
  RubyDate: 'Mon Jan 02 15:04:05 -0700 2006',
  RFC822: '02 Jan 06 15:04 MST',
  RFC822Z: '02 Jan 06 15:04 -0700',
  RFC850: 'Monday, 02-Jan-06 15:04:05 MST',
  RFC1123: 'Mon, 02 Jan 2006 15:04:05 MST',
  RFC1123Z: 'Mon, 02 Jan 2006 15:04:05 -0700',
  RFC3339: '2006-01-02T15:04:05Z07:00',
  RFC3339Nano: '2006-01-02T15:04:05.999999999Z07:00',
};
/** Numbers since the epoch: how many nanoseconds one is. */
const UNITS: Readonly<Record<string, bigint>> = {
  Unix: NANOS_PER_SECOND,
  UnixMs: 1_000_000n,
  UnixUs: 1_000n,
  UnixNs: 1n,
};
const NUMBER = /^([+-]?)(\d{1,19})(?:\.(\d{1,18}))?$/;
/** From the epoch to the last time that a `Date` can hold: what is further off was counted in another unit. */
const DATE_NANOS_MAX = 8_640_000_000_000_000n * NANOS_PER_MS;
const TEXT_LENGTH_MAX = 200;
const YEARS: ReadonlySet<string> = new Set(['2006', '06']);
const DECEMBER = 11;

/** A reader of a layout of Go or the name of a format; the zone holds where the text says none. Undefined when there is no such zone. */
export function timeReader(format: string, zoneName: string): TimeReader | undefined {
  const zone = zoneOf(zoneName);
  if (zone === undefined) {
    return undefined;
  }
  const unit = Object.hasOwn(UNITS, format) ? UNITS[format] : undefined;
  if (unit !== undefined) {
    return (text) => readNumber(text, unit);
  }
  const layout = Object.hasOwn(NAMED, format) ? (NAMED[format] ?? format) : format;
  const read = (form: string, text: string): UnixNanos | undefined => {
    const time = text.length > TEXT_LENGTH_MAX ? ZERO_TIME : parseLayout(form, text, zone);
    return time === ZERO_TIME ? undefined : unixNanos(time.nanos);
  };
  if (layoutPieces(layout).some(({ isElement, text }) => isElement && YEARS.has(text))) {
    return (text) => read(layout, text);
  }
  return (text, nowMs) => {
    const ofYear = (year: number): UnixNanos | undefined => read(`${layout} 2006`, `${text} ${year}`);
    const year = new Date(nowMs).getUTCFullYear();
    const time = ofYear(year);
    const turn = time === undefined ? 0 : yearsOff(time, nowMs);
    return turn === 0 ? time : ofYear(year + turn);
  };
}

/** Around the turn of the year a month may be the last one's or the next one's. */
function yearsOff(time: UnixNanos, nowMs: number): number {
  const month = new Date(Number(time / 1_000_000n)).getUTCMonth();
  const current = new Date(nowMs).getUTCMonth();
  if (month === DECEMBER && current === 0) {
    return -1;
  }
  return month === 0 && current === DECEMBER ? 1 : 0;
}

function readNumber(text: string, unit: bigint): UnixNanos | undefined {
  const [, sign, whole = '', fraction = ''] = NUMBER.exec(text) ?? [];
  // Only seconds have a fraction.
  if (sign === undefined || (fraction !== '' && unit !== NANOS_PER_SECOND)) {
    return undefined;
  }
  const nanos = BigInt(whole) * unit + (BigInt(fraction || '0') * unit) / 10n ** BigInt(fraction.length);
  return nanos > DATE_NANOS_MAX ? undefined : unixNanos(sign === '-' ? -nanos : nanos);
}

// Abbreviations: https://www.rfc-editor.org/rfc/rfc5322#section-4.3 and the tz database's own; names: https://www.iana.org/time-zones, by way of Intl.
import { TIME_ZONE_ALIASES } from './time-zone-aliases.ts';

const HOUR = 3600;
const DAY_SECONDS = 86_400;

/**
 * Hours east of UTC. Of abbreviations that several zones share the one that loggers mean most is taken: CST, MST … are North America's as in RFC 5322, IST is India's,
 * BST is British Summer Time.
 */
const HOURS_OF_ABBREVIATION: ReadonlyMap<string, number> = new Map(
  Object.entries({
    UTC: 0,
    GMT: 0,
    UT: 0,
    UCT: 0,
    Z: 0,
    WET: 0,
    WEST: 1,
    BST: 1,
    CET: 1,
    CEST: 2,
    MET: 1,
    MEST: 2,
    MESZ: 2,
    MEZ: 1,
    EET: 2,
    EEST: 3,
    MSK: 3,
    TRT: 3,
    SAST: 2,
    EAT: 3,
    CAT: 2,
    WAT: 1,
    GST: 4,
    PKT: 5,
    IST: 5.5,
    NPT: 5.75,
    ICT: 7,
    WIB: 7,
    HKT: 8,
    SGT: 8,
    PHT: 8,
    AWST: 8,
    JST: 9,
    KST: 9,
    ACST: 9.5,
    ACDT: 10.5,
    AEST: 10,
    AEDT: 11,
    NZST: 12,
    NZDT: 13,
    BRT: -3,
    ART: -3,
    NST: -3.5,
    NDT: -2.5,
    AST: -4,
    ADT: -3,
    EST: -5,
    EDT: -4,
    CST: -6,
    CDT: -5,
    MST: -7,
    MDT: -6,
    PST: -8,
    PDT: -7,
    AKST: -9,
    AKDT: -8,
    HST: -10,
  }),
);

/** Seconds east of UTC of an abbreviation. RFC 5322 has the military letters, which were used the wrong way round, mean UTC. `undefined` for what is none. */
export function abbreviationOffset(name: string): number | undefined {
  if (name.length === 1) {
    return name === 'J' || name === 'j' ? undefined : 0;
  }
  const hours = HOURS_OF_ABBREVIATION.get(name.toUpperCase());
  return hours === undefined ? undefined : hours * HOUR;
}

/** All names of zones, in lower case since their case does not matter: asking Intl for one that it does not know takes a tenth of a millisecond, and a hostile client has many. */
const ZONE_NAMES: ReadonlySet<string> = new Set(
  [
    ...Intl.supportedValuesOf('timeZone'),
    ...Object.entries(TIME_ZONE_ALIASES).flatMap(([area, names]) => names.split(' ').map((name) => `${area}/${name}`)),
  ].map((name) => name.toLowerCase()),
);
const NAME_LENGTH_MAX = 40;

/** A zone's clock, and the last day on and around which it was not put forward or back, with what it was ahead then: asking Intl takes microseconds, and logs come in order. */
interface ZoneClock {
  readonly format: Intl.DateTimeFormat;
  steadyDay: number;
  steadyOffset: number;
}

/** Name in lower case → its clock. As many as there are zones. */
const clocks = new Map<string, ZoneClock>();

/** Making a clock takes tens of microseconds, so each is made once. `undefined` when there is no such zone. */
function clockOf(name: string): ZoneClock | undefined {
  const key = name.toLowerCase();
  const known = clocks.get(key);
  if (known !== undefined || !ZONE_NAMES.has(key)) {
    return known;
  }
  const clock = makeClock(name);
  if (clock !== undefined) {
    clocks.set(key, clock);
  }
  return clock;
}

/** `undefined` for what is listed here and unknown to this runtime. */
function makeClock(name: string): ZoneClock | undefined {
  try {
    const format = new Intl.DateTimeFormat('en-US', {
      timeZone: name,
      hourCycle: 'h23',
      era: 'short',
      year: 'numeric',
      month: 'numeric',
      day: 'numeric',
      hour: 'numeric',
      minute: 'numeric',
      second: 'numeric',
    });
    return { format, steadyDay: Number.NaN, steadyOffset: 0 };
  } catch {
    return undefined;
  }
}

/** What a zone's clock is ahead of UTC at an instant, both in seconds. */
function offsetAt({ format }: ZoneClock, seconds: number): number {
  const part = new Map(format.formatToParts(seconds * 1000).map(({ type, value }) => [type, value]));
  const read = (type: Intl.DateTimeFormatPartTypes): number => Number(part.get(type));
  const shown = Date.UTC(read('year'), read('month') - 1, read('day'), read('hour'), read('minute'), read('second'));
  return shown / 1000 - seconds;
}

/** The seconds on a zone's clock as seconds since the epoch: of an hour that happens twice the first, and of one that is skipped as if it were not. A name may be an abbreviation. `undefined` when there is no such zone. */
export function zonedSeconds(local: number, name: string): number | undefined {
  // The years that a Date can hold, with room for the offset.
  if (name.length > NAME_LENGTH_MAX || Math.abs(local) > 8e12) {
    return undefined;
  }
  const clock = clockOf(name);
  if (clock === undefined) {
    const offset = abbreviationOffset(name);
    return offset === undefined ? undefined : local - offset;
  }
  const day = Math.floor(local / DAY_SECONDS);
  if (day === clock.steadyDay) {
    return local - clock.steadyOffset;
  }
  const before = offsetAt(clock, (day - 1) * DAY_SECONDS);
  const after = offsetAt(clock, (day + 2) * DAY_SECONDS);
  if (before === after) {
    clock.steadyDay = day;
    clock.steadyOffset = before;
    return local - before;
  }
  if (offsetAt(clock, local - before) === before) {
    return local - before;
  }
  return offsetAt(clock, local - after) === after ? local - after : local - before;
}

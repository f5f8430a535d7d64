// Time zones by their names in the IANA database, out of the runtime's: https://tc39.es/ecma402/#sec-intl-datetimeformat-constructor

/** What is true in a zone at a time. */
interface ZoneOffset {
  /** Seconds east of Greenwich. */
  readonly seconds: number;
  /** `CET`; empty when there is none. */
  readonly abbreviation: string;
}

/** A place's time. */
export interface Zone {
  readonly name: string;
  offsetAt(unixSeconds: number): ZoneOffset;
}

const UTC_OFFSET: ZoneOffset = { seconds: 0, abbreviation: 'UTC' };

export const UTC: Zone = { name: 'UTC', offsetAt: () => UTC_OFFSET };

/** A zone that is nothing but an offset. */
export function fixedZone(abbreviation: string, seconds: number): Zone {
  const offset = { seconds, abbreviation };
  return { name: abbreviation, offsetAt: () => offset };
}

const OFFSET = /GMT(?:([+-])(\d{2}):(\d{2})(?::(\d{2}))?)?/;
/** Each knows the abbreviations of its own part of the world alone. */
const LOCALES = ['en-US', 'en-GB', 'en-AU', 'en-IN', 'en-ZA'];
/** Of zones that no locale above abbreviates. */
const ABBREVIATIONS: ReadonlyMap<string, string> = new Map([
  ['Asia/Tokyo', 'JST'],
  ['Asia/Seoul', 'KST'],
  ['Asia/Shanghai', 'CST'],
  ['Asia/Hong_Kong', 'HKT'],
  ['Asia/Manila', 'PST'],
  ['Asia/Jakarta', 'WIB'],
  ['Asia/Karachi', 'PKT'],
  ['Europe/Moscow', 'MSK'],
]);
/** Local time as seconds may lie outside of what a date can be. */
const DATE_SECONDS_MAX = 8.64e12;

/** `+03`, `-0330`: how the database abbreviates zones without letters. */
function numericAbbreviation(seconds: number): string {
  const minutes = Math.floor(Math.abs(seconds) / 60);
  const hours = String(Math.floor(minutes / 60)).padStart(2, '0');
  const rest = minutes % 60 === 0 ? '' : String(minutes % 60).padStart(2, '0');
  return `${seconds < 0 ? '-' : '+'}${hours}${rest}`;
}

const QUARTER_SECONDS = 900;
const QUARTERS_MAX = 256;

class NamedZone implements Zone {
  readonly name: string;
  readonly #offsets: Intl.DateTimeFormat;
  readonly #names: Intl.DateTimeFormat[];
  /** Offsets by the quarters of an hour since 1970, at which alone they change. */
  readonly #known = new Map<number, ZoneOffset>();

  constructor(name: string) {
    this.name = name;
    this.#offsets = new Intl.DateTimeFormat('en-US', { timeZone: name, timeZoneName: 'longOffset' });
    this.#names = LOCALES.map((locale) => new Intl.DateTimeFormat(locale, { timeZone: name, timeZoneName: 'short' }));
  }

  offsetAt(unixSeconds: number): ZoneOffset {
    const quarter = Math.floor(unixSeconds / QUARTER_SECONDS);
    const known = this.#known.get(quarter);
    if (known !== undefined) {
      return known;
    }
    const offset = this.#offsetAt(unixSeconds);
    // Zones changed at odd seconds before.
    if (quarter >= 0) {
      if (this.#known.size >= QUARTERS_MAX) {
        this.#known.clear();
      }
      this.#known.set(quarter, offset);
    }
    return offset;
  }

  #offsetAt(unixSeconds: number): ZoneOffset {
    const date = new Date(Math.min(Math.max(unixSeconds, -DATE_SECONDS_MAX), DATE_SECONDS_MAX) * 1000);
    const [, sign, hours = '0', minutes = '0', rest = '0'] = OFFSET.exec(this.#offsets.format(date)) ?? [];
    const seconds = (sign === '-' ? -1 : 1) * (Number(hours) * 3600 + Number(minutes) * 60 + Number(rest));
    return { seconds, abbreviation: this.#abbreviation(date, seconds) };
  }

  #abbreviation(date: Date, seconds: number): string {
    for (const format of this.#names) {
      const part = format.formatToParts(date).find(({ type }) => type === 'timeZoneName')?.value ?? '';
      if (/^[A-Z]{2,5}$/.test(part)) {
        return part;
      }
    }
    return ABBREVIATIONS.get(this.name) ?? numericAbbreviation(seconds);
  }
}

/** A format costs a tenth of a millisecond to make; names come from queries. */
const ZONES_MAX = 64;
const zones = new Map<string, Zone | undefined>();

/** The zone of a name; undefined when there is none. A server's own zone is UTC. `beforeMaking` is called unless the zone is at hand, and may throw. */
export function zoneOf(name: string, beforeMaking?: () => void): Zone | undefined {
  if (name === 'UTC' || name === 'Local' || name === '') {
    return UTC;
  }
  if (!zones.has(name)) {
    beforeMaking?.();
    if (zones.size >= ZONES_MAX) {
      zones.clear();
    }
    zones.set(name, makeZone(name));
  }
  return zones.get(name);
}

function makeZone(name: string): Zone | undefined {
  // The runtime also takes offsets, which are no names.
  if (!/^[A-Za-z]/.test(name)) {
    return;
  }
  try {
    return new NamedZone(name);
  } catch (error) {
    if (error instanceof RangeError) {
      return;
    }
    throw error;
  }
}

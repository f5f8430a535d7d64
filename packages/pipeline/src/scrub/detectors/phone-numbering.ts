import { createRequire } from 'node:module';

type Library = typeof import('libphonenumber-js/max');

/** What the numbering plans say: a number that is given out, one of the right length, one with a country code that exists, or none. */
export type Verdict = 'valid' | 'possible' | 'assigned' | 'none';

/** A call takes 20 to 50 µs: this many a text are 10 ms at most, and one more for each so many characters. */
const CALLS_MIN = 20;
const CHARACTERS_PER_CALL = 5000;
const CALLS_MAX = 200;
const REMEMBERED_MAX = 500;

/** Countries whose national numbers have no prefix (ITU-T E.164, national numbering plans: https://www.itu.int/oth/T0202.aspx?parent=T0202). Elsewhere a number without it is one for neighbours. */
const WITHOUT_PREFIX: ReadonlySet<string> = new Set(
  'BH CR CY CZ DK EE ES GR GT HK HN IS IT KW LU LV MO MT MX NI NO OM PA PL PT QA SG SV TN'.split(' '),
);
/** The North American Numbering Plan, whose shape is known without the library. */
const NORTH_AMERICAN: ReadonlySet<string> = new Set(
  'US CA PR DO JM BS BM BB TT AG AI KN LC VC GD DM KY TC VG VI GU AS MP MS SX'.split(' '),
);
/** Prefix 8. */
const PREFIX_EIGHT: ReadonlySet<string> = new Set('RU KZ BY LT TM'.split(' '));

let library: Library | undefined;

// CommonJS, because a detector is not asynchronous, and the 70 ms and 2.5 MB are for threads that see a candidate only.
function loadLibrary(): Library {
  library ??= createRequire(import.meta.url)('libphonenumber-js/max') as Library;
  return library;
}

/** Asks libphonenumber, not too often. Beyond the bound of a text every question is answered with yes: what has the shape of a number is taken for one. */
export class PhoneNumbering {
  readonly hasNorthAmerican: boolean;
  readonly hasIndian: boolean;
  /** Whether a region's numbers begin with anything but a zero. */
  readonly hasUnprefixed: boolean;

  private readonly regions: readonly string[];
  private readonly remembered = new Map<string, Verdict>();
  private callsLeft = 0;

  constructor(regions: readonly string[]) {
    this.hasNorthAmerican = regions.some((region) => NORTH_AMERICAN.has(region));
    this.hasIndian = regions.includes('IN');
    this.hasUnprefixed = regions.some((region) => WITHOUT_PREFIX.has(region) || PREFIX_EIGHT.has(region));
    this.regions = regions.filter((region) => !NORTH_AMERICAN.has(region));
  }

  beginText(length: number): void {
    this.callsLeft = Math.min(CALLS_MAX, CALLS_MIN + Math.floor(length / CHARACTERS_PER_CALL));
  }

  /** Of digits that begin with a country code. */
  international(digits: string): Verdict {
    return this.ask(`+${digits}`, undefined);
  }

  /** Whether digits as they are dialled within a country are a number of one of the policy's regions; `'unprefixed'` asks only those that have no prefix or another one than zero. */
  isNational(digits: string, which: 'any' | 'unprefixed' | 'IN'): boolean {
    const startsWithZero = digits.charCodeAt(0) === 48;
    return this.regions.some((region) => {
      if (which === 'IN' && region !== 'IN') return false;
      if (which === 'unprefixed' && !WITHOUT_PREFIX.has(region) && !PREFIX_EIGHT.has(region)) return false;
      if (startsWithZero && PREFIX_EIGHT.has(region)) return false;
      return this.ask(digits, region) === 'valid';
    });
  }

  private ask(digits: string, region: string | undefined): Verdict {
    if (this.callsLeft === 0) return 'valid';
    const name = region === undefined ? digits : `${region}${digits}`;
    const known = this.remembered.get(name);
    if (known !== undefined) return known;
    this.callsLeft -= 1;
    const verdict = askLibrary(digits, region);
    if (this.remembered.size >= REMEMBERED_MAX) this.remembered.clear();
    this.remembered.set(name, verdict);
    return verdict;
  }
}

function askLibrary(digits: string, region: string | undefined): Verdict {
  const { isSupportedCountry, parsePhoneNumberFromString } = loadLibrary();
  if (region !== undefined && !isSupportedCountry(region)) return 'none';
  const number = parsePhoneNumberFromString(digits, {
    extract: false,
    ...(region === undefined ? {} : { defaultCountry: region }),
  });
  if (number === undefined) return 'none';
  if (number.isValid()) return 'valid';
  return number.isPossible() ? 'possible' : 'assigned';
}

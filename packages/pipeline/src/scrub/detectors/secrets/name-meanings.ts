import { createNameStrength, isAboutWord, type NameStrength } from '../../field-names.ts';
import { nameSegments } from '../../name-segments.ts';
import { vendorValuesOf } from './vendor-values.ts';

/** What a name in a text says of the value that it is given. */
export interface NameMeaning {
  readonly strength: NameStrength;
  /** Forms of the keys of the vendors that it names. */
  readonly vendorValues: readonly RegExp[] | undefined;
  /** `"name": "DB_PASSWORD", "value": "x"`: this name's value is the name of another (`label`), which `value` gives. */
  readonly role: 'label' | 'value' | undefined;
  /** The name says what is told of something: its id, hash, time. */
  readonly isAbout: boolean;
  /** The name is a bare word that most systems use for something else: `key`. */
  readonly isBare: boolean;
}

const ROLES: ReadonlyMap<string, 'label' | 'value'> = new Map([
  ['name', 'label'],
  ['key', 'label'],
  ['header', 'label'],
  ['field', 'label'],
  ['param', 'label'],
  ['value', 'value'],
  ['val', 'value'],
]);
const BARE: ReadonlySet<string> = new Set(['key', 'keys', 'pass', 'sig', 'signature', 'access', 'api', 'auth']);
/** What a vendor's name says nothing about: ids and hashes of requests, builds, pages. */
const NOT_VENDORS_KEY =
  /(?:request|trace|span|correlation|event|user|account|page|message|session|device|job|build|run|task|commit|sha|hash|digest|etag|checksum|md5|sha1|sha256|version|rev|revision|channel|guild|release|transaction|order|visitor|log|error|dsn|host|url|path|file|uuid|time|date|size|count|fingerprint|root)(?:id)?$/;
/** A part of a text would keep the whole text alive; short ones are copied by the engine anyway. */
function copyOf(name: string): string {
  return name.length < 13 ? name : Buffer.from(name, 'utf16le').toString('utf16le');
}

/** Names are few and come again and again; this many are remembered. */
const REMEMBERED_MAX = 4096;

/** Places for the names seen last, by length and first and last character; a power of two. */
const RECENT = 256;

/** Tells what names mean, remembering the answers. */
export class NameMeanings {
  private readonly strengthOf: (name: string) => NameStrength;
  private known = new Map<string, NameMeaning>();
  private readonly recentNames = new Array<string>(RECENT).fill('');
  private readonly recentMeanings = new Array<NameMeaning | undefined>(RECENT).fill(undefined);

  constructor(policyNames: readonly string[]) {
    this.strengthOf = createNameStrength(policyNames);
  }

  /** Of the name that stands in a text: one that was seen a moment ago costs a comparison. */
  at(text: string, start: number, end: number): NameMeaning {
    const place = (text.charCodeAt(start) * 7 + text.charCodeAt(end - 1) * 3 + (end - start)) & (RECENT - 1);
    const recent = this.recentNames[place] ?? '';
    const known = this.recentMeanings[place];
    if (known !== undefined && recent.length === end - start && text.startsWith(recent, start)) {
      return known;
    }
    const name = copyOf(text.slice(start, end));
    const meaning = this.of(name);
    this.recentNames[place] = name;
    this.recentMeanings[place] = meaning;
    return meaning;
  }

  of(name: string): NameMeaning {
    let meaning = this.known.get(name);
    if (meaning === undefined) {
      meaning = this.judge(name);
      if (this.known.size >= REMEMBERED_MAX) {
        this.known = new Map();
      }
      this.known.set(copyOf(name), meaning);
    }
    return meaning;
  }

  private judge(name: string): NameMeaning {
    const segments = nameSegments(name);
    const joined = segments.join('');
    const vendorValues = vendorValuesOf(joined);
    return {
      strength: this.strengthOf(name),
      vendorValues: vendorValues === undefined || NOT_VENDORS_KEY.test(joined) ? undefined : vendorValues,
      role: segments.length === 1 ? ROLES.get(joined) : undefined,
      isAbout: isAboutWord(segments.at(-1) ?? ''),
      isBare: segments.length === 1 && BARE.has(joined),
    };
  }
}

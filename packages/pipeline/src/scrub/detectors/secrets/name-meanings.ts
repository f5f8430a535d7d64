import { createNameStrength, type NameStrength } from '../../field-names.ts';
import { nameSegments } from '../../name-segments.ts';
import { vendorValuesOf } from './vendor-values.ts';

/** What a name in a text says of the value that it is given. */
export interface NameMeaning {
  readonly strength: NameStrength;
  /** Forms of the keys of the vendors that it names. */
  readonly vendorValues: readonly RegExp[] | undefined;
  /** `"name": "DB_PASSWORD", "value": "x"`: this name's value is the name of another (`label`), which `value` gives. */
  readonly role: 'label' | 'value' | undefined;
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
/** Names are few and come again and again; this many are remembered. */
const REMEMBERED_MAX = 4096;

/** Tells what names mean, remembering the answers. */
export class NameMeanings {
  private readonly strengthOf: (name: string) => NameStrength;
  private known = new Map<string, NameMeaning>();

  constructor(policyNames: readonly string[]) {
    this.strengthOf = createNameStrength(policyNames);
  }

  of(name: string): NameMeaning {
    let meaning = this.known.get(name);
    if (meaning === undefined) {
      meaning = this.judge(name);
      if (this.known.size >= REMEMBERED_MAX) {
        this.known = new Map();
      }
      // A copy: a part of a text would keep the whole text alive.
      this.known.set(Buffer.from(name, 'utf16le').toString('utf16le'), meaning);
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
      isBare: segments.length === 1 && BARE.has(joined),
    };
  }
}

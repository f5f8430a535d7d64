import { LAST_WORDS } from '../../field-names.ts';
import { nameSegments } from '../../name-segments.ts';

const CODES = 128;
const ROLE_WORDS = ['name', 'header', 'field', 'param', 'value', 'val'];

/** The last two characters of all names of secrets: most names of telemetry end otherwise and need no further look. */
export class NameTails {
  private readonly table = new Uint8Array(CODES * CODES);

  constructor(policyNames: readonly string[]) {
    const own = policyNames.flatMap((name) => nameSegments(name).slice(-1));
    for (const word of [...LAST_WORDS, ...ROLE_WORDS, ...own]) {
      const before = word.charCodeAt(word.length - 2) || 0;
      const last = word.charCodeAt(word.length - 1);
      this.add(before, last);
    }
  }

  private add(before: number, last: number): void {
    for (const b of [before, before & ~32]) {
      for (const l of [last, last & ~32]) {
        if (b < CODES && l < CODES) {
          this.table[b * CODES + l] = 1;
        }
      }
    }
  }

  /** Whether the name that ends at `end` may be a secret's. Names that end in digits may. */
  has(text: string, end: number): boolean {
    const last = text.charCodeAt(end - 1);
    const before = end < 2 ? 0 : text.charCodeAt(end - 2);
    const isDigit = last >= 48 && last <= 57;
    return before < CODES && last < CODES && (isDigit || this.table[before * CODES + last] === 1);
  }
}

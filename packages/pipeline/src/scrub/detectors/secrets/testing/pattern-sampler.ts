/** Numbers from 0 to 1, the same for the same seed (mulberry32). */
export function seededRandom(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

type Node =
  | { readonly kind: 'set'; readonly characters: string }
  | { readonly kind: 'repeat'; readonly node: Node; readonly min: number; readonly max: number }
  | { readonly kind: 'sequence'; readonly nodes: readonly Node[] }
  | { readonly kind: 'choice'; readonly options: readonly Node[] }
  | { readonly kind: 'group'; readonly node: Node };

const LOWER = 'abcdefghijklmnopqrstuvwxyz';
const UPPER = LOWER.toUpperCase();
const DIGITS = '0123456789';
const PRINTABLE = `${LOWER}${UPPER}${DIGITS}_-+/`;
const CLASSES: Readonly<Record<string, string>> = {
  w: `${LOWER}${UPPER}${DIGITS}_`,
  d: DIGITS,
  s: ' ',
  S: PRINTABLE,
  n: '\n',
  r: '\r',
  t: '\t',
};
/** Repetitions without a bound end this far above their least. */
const OPEN_END = 8;

/** Reads the part of RE2's syntax that patterns of keys use. */
class PatternReader {
  private at = 0;
  private foldsCase = false;
  private readonly pattern: string;

  constructor(pattern: string) {
    this.pattern = pattern;
  }

  read(): Node {
    const options = [this.sequence()];
    while (this.pattern[this.at] === '|') {
      this.at += 1;
      options.push(this.sequence());
    }
    return options.length === 1 && options[0] !== undefined ? options[0] : { kind: 'choice', options };
  }

  private sequence(): Node {
    const nodes: Node[] = [];
    while (this.at < this.pattern.length && !'|)'.includes(this.pattern[this.at] ?? '')) {
      const node = this.atom();
      if (node !== undefined) {
        nodes.push(this.quantified(node));
      }
    }
    return { kind: 'sequence', nodes };
  }

  private quantified(node: Node): Node {
    const match = /^(?:[?*+]|\{(\d+)(,?)(\d*)\})\??/.exec(this.pattern.slice(this.at));
    if (match === null) {
      return node;
    }
    this.at += match[0].length;
    const [, least, comma, most] = match;
    if (least !== undefined) {
      const min = Number(least);
      return { kind: 'repeat', node, min, max: comma === '' ? min : most === '' ? min + OPEN_END : Number(most) };
    }
    const sign = match[0][0];
    return { kind: 'repeat', node, min: sign === '+' ? 1 : 0, max: sign === '?' ? 1 : OPEN_END };
  }

  private atom(): Node | undefined {
    const character = this.pattern[this.at] ?? '';
    this.at += 1;
    switch (character) {
      case '(':
        return this.group();
      case '[':
        return { kind: 'set', characters: this.folded(this.set()) };
      case '.':
        // A dot that is not repeated was meant as one: `hooks.slack.com`.
        return { kind: 'set', characters: '?*+{'.includes(this.pattern[this.at] ?? ' ') ? PRINTABLE : '.' };
      case '^':
      case '$':
        return undefined;
      case '\\': {
        const escaped = this.escape();
        return escaped === '' ? undefined : { kind: 'set', characters: escaped };
      }
      default:
        return { kind: 'set', characters: this.folded(character) };
    }
  }

  private group(): Node | undefined {
    const before = this.foldsCase;
    const flags = /^\?(-?)([is]*)(:|\))|^\?P<\w+>/.exec(this.pattern.slice(this.at));
    this.at += flags?.[0].length ?? 0;
    if (flags?.[2]?.includes('i') === true) {
      this.foldsCase = flags[1] !== '-';
    }
    if (flags?.[3] === ')') {
      return undefined;
    }
    const node = this.read();
    this.at += 1;
    this.foldsCase = before;
    return flags === null || flags[3] === undefined ? { kind: 'group', node } : node;
  }

  private escape(): string {
    const character = this.pattern[this.at] ?? '';
    this.at += 1;
    if (character === 'x') {
      this.at += 2;
      return String.fromCharCode(Number.parseInt(this.pattern.slice(this.at - 2, this.at), 16));
    }
    return 'bBzA'.includes(character) ? '' : (CLASSES[character] ?? character);
  }

  private set(): string {
    let characters = '';
    const negated = this.pattern[this.at] === '^';
    this.at += negated ? 1 : 0;
    while (this.pattern[this.at] !== ']') {
      if (this.pattern.startsWith('[:alnum:]', this.at)) {
        characters += LOWER + UPPER + DIGITS;
        this.at += 9;
        continue;
      }
      const character = this.pattern[this.at] ?? '';
      this.at += 1;
      const from = character === '\\' ? this.escape() : character;
      if (from.length === 1 && this.pattern[this.at] === '-' && this.pattern[this.at + 1] !== ']') {
        const to = this.pattern.charCodeAt(this.at + 1);
        this.at += 2;
        for (let code = from.charCodeAt(0); code <= to; code += 1) {
          characters += String.fromCharCode(code);
        }
      } else {
        characters += from;
      }
    }
    this.at += 1;
    return negated ? [...PRINTABLE].filter((character) => !characters.includes(character)).join('') : characters;
  }

  /** Keys are written in one case or in both: where case does not count, letters of both are taken for ranges, and words are left as they are. */
  private folded(characters: string): string {
    return this.foldsCase && characters.length > 1
      ? [...new Set(characters + characters.toLowerCase() + characters.toUpperCase())].join('')
      : characters;
  }
}

/** A text that a pattern matches, and what its first group took; the text is the whole where it has none. */
export interface Sample {
  readonly text: string;
  readonly secret: string;
}

/** Makes texts that a pattern matches. */
export function createSampler(pattern: string): (random: () => number) => Sample {
  const root = new PatternReader(pattern).read();
  return (random) => {
    let secret: string | undefined;
    let inGroup = false;
    const pick = (count: number): number => Math.floor(random() * count);
    const write = (node: Node): string => {
      switch (node.kind) {
        case 'set':
          return node.characters[pick(node.characters.length)] ?? '';
        case 'sequence':
          return node.nodes.map(write).join('');
        case 'choice':
          return write(node.options[pick(node.options.length)] ?? { kind: 'sequence', nodes: [] });
        case 'repeat':
          return Array.from({ length: node.min + pick(node.max - node.min + 1) }, () => write(node.node)).join('');
        case 'group': {
          const isOutermost = !inGroup;
          inGroup = true;
          const text = write(node.node);
          if (isOutermost) {
            inGroup = false;
            secret ??= text;
          }
          return text;
        }
      }
    };
    const text = write(root);
    return { text, secret: secret ?? text };
  };
}

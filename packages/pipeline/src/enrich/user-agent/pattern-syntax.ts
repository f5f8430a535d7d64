// https://tc39.es/ecma262/#sec-patterns: as much of it as lists of user agents write.

/** A part of a regular expression, as far as it says which texts it can match. */
export type PatternNode =
  /** One of these characters, folded to lower case; `undefined` when it is one of many. */
  | { readonly kind: 'character'; readonly characters: readonly string[] | undefined }
  /** A place, not a text: `^`, `\b`, lookarounds (which are taken to hold). */
  | { readonly kind: 'assertion' }
  | { readonly kind: 'sequence'; readonly parts: readonly PatternNode[] }
  | { readonly kind: 'choice'; readonly options: readonly PatternNode[] }
  | { readonly kind: 'repetition'; readonly body: PatternNode; readonly min: number; readonly max: number }
  /** Something that this parser does not follow; it may match anything. */
  | { readonly kind: 'unknown' };

const ASSERTION: PatternNode = { kind: 'assertion' };
const ANY_CHARACTER: PatternNode = { kind: 'character', characters: undefined };
const UNKNOWN: PatternNode = { kind: 'unknown' };

/** More characters than this in a class say too little to look for. */
const CLASS_CHARACTERS_MAX = 4;

const QUANTIFIER = /([*+?]|\{(\d+)(?:(,)(\d*))?\})\??/y;
const GROUP_START = /\((?:\?(?::|(<?[=!])|<\w+>))?/y;
const CONTROLS: ReadonlyMap<string, string> = new Map([
  ['t', '\t'],
  ['n', '\n'],
  ['r', '\r'],
  ['f', '\f'],
  ['v', '\v'],
]);

/** Lower case of ASCII only: what `i` folds in a pattern without `u` never joins ASCII with other characters. */
function folded(character: string): string {
  return character >= 'A' && character <= 'Z' ? character.toLowerCase() : character;
}

function literal(character: string): PatternNode {
  return { kind: 'character', characters: [folded(character)] };
}

/** Reads a pattern that `RegExp` takes without flags or with `i`. */
export function parsePattern(source: string): PatternNode {
  return new PatternParser(source).parse();
}

class PatternParser {
  readonly #source: string;
  #at = 0;

  constructor(source: string) {
    this.#source = source;
  }

  parse(): PatternNode {
    return this.#choice();
  }

  #choice(): PatternNode {
    const options = [this.#sequence()];
    while (this.#source[this.#at] === '|') {
      this.#at += 1;
      options.push(this.#sequence());
    }
    return options.length === 1 && options[0] !== undefined ? options[0] : { kind: 'choice', options };
  }

  #sequence(): PatternNode {
    const parts: PatternNode[] = [];
    while (this.#at < this.#source.length && this.#source[this.#at] !== '|' && this.#source[this.#at] !== ')') {
      parts.push(this.#repeated(this.#atom()));
    }
    return { kind: 'sequence', parts };
  }

  #repeated(body: PatternNode): PatternNode {
    const [all, sign, low, comma, high] = this.#take(QUANTIFIER) ?? [];
    if (all === undefined) {
      return body;
    }
    if (low === undefined) {
      return { kind: 'repetition', body, min: sign === '+' ? 1 : 0, max: sign === '?' ? 1 : Number.POSITIVE_INFINITY };
    }
    const min = Number(low);
    const open = high === undefined || high === '' ? Number.POSITIVE_INFINITY : Number(high);
    return { kind: 'repetition', body, min, max: comma === undefined ? min : open };
  }

  #atom(): PatternNode {
    const character = this.#source[this.#at] ?? '';
    switch (character) {
      case '(':
        return this.#group();
      case '[':
        return this.#class();
      case '\\':
        return this.#escape();
      case '.':
        this.#at += 1;
        return ANY_CHARACTER;
      case '^':
      case '$':
        this.#at += 1;
        return ASSERTION;
      default:
        this.#at += 1;
        return literal(character);
    }
  }

  #group(): PatternNode {
    const look = this.#take(GROUP_START)?.[1];
    const inner = this.#choice();
    this.#at += 1;
    return look === undefined ? inner : ASSERTION;
  }

  #escape(): PatternNode {
    const character = this.#source[this.#at + 1] ?? '';
    this.#at += 2;
    if (character === 'b' || character === 'B') {
      return ASSERTION;
    }
    if ('dDwWsS'.includes(character)) {
      return ANY_CHARACTER;
    }
    const control = CONTROLS.get(character);
    // Back references, code points and properties.
    return /[0-9A-Za-z]/.test(character) && control === undefined ? UNKNOWN : literal(control ?? character);
  }

  #class(): PatternNode {
    const isNegated = this.#source[this.#at + 1] === '^';
    const from = this.#at + (isNegated ? 2 : 1);
    let to = from;
    while (to < this.#source.length && this.#source[to] !== ']') {
      to += this.#source[to] === '\\' ? 2 : 1;
    }
    this.#at = to + 1;
    return isNegated ? ANY_CHARACTER : { kind: 'character', characters: classCharacters(this.#source.slice(from, to)) };
  }

  #take(pattern: RegExp): RegExpExecArray | undefined {
    pattern.lastIndex = this.#at;
    const match = pattern.exec(this.#source) ?? undefined;
    this.#at += match?.[0].length ?? 0;
    return match;
  }
}

/** The characters of a class that lists few of them one by one. */
function classCharacters(body: string): readonly string[] | undefined {
  if (/[^\\]-./.test(body) || /\\[0-9A-Za-z]/.test(body)) {
    return undefined;
  }
  const characters = new Set([...body.replace(/\\(.)/g, '$1')].map(folded));
  return characters.size > 0 && characters.size <= CLASS_CHARACTERS_MAX ? [...characters] : undefined;
}

// https://www.rfc-editor.org/rfc/rfc8259

/** Where a text stops being JSON, as a UTF-16 offset, and a sentence about it that quotes at most one character of the text. */
export interface JsonError {
  readonly position: number;
  readonly problem: string;
}

const QUOTE = 34;
const BACKSLASH = 92;
const BLANKS: ReadonlySet<number> = new Set([32, 9, 10, 13]);
const SIMPLE_ESCAPES: ReadonlySet<string> = new Set(['"', '\\', '/', 'b', 'f', 'n', 'r', 't']);
const HEX4 = /[0-9a-fA-F]{4}/y;
const NUMBER = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?/y;
const LITERALS = ['true', 'false', 'null'] as const;

type Expected = 'value' | 'value-or-end' | 'key' | 'key-or-end' | 'colon' | 'comma' | 'nothing';

/** A scan that remembers open brackets in an array, not on the stack, so that no depth of nesting can exhaust it. */
class JsonScan {
  readonly #text: string;
  readonly #open: ('{' | '[')[] = [];
  #at = 0;

  constructor(text: string) {
    this.#text = text;
  }

  run(): JsonError | undefined {
    let expected: Expected = 'value';
    for (;;) {
      while (BLANKS.has(this.#text.charCodeAt(this.#at))) {
        this.#at += 1;
      }
      if (expected === 'nothing') {
        return this.#at === this.#text.length ? undefined : this.#error('expected nothing after the value');
      }
      const next: Expected | JsonError = this.#step(expected);
      if (typeof next !== 'string') {
        return next;
      }
      expected = next;
    }
  }

  #step(expected: Exclude<Expected, 'nothing'>): Expected | JsonError {
    const char = this.#text.charAt(this.#at);
    switch (expected) {
      case 'value':
        return this.#value(char);
      case 'value-or-end':
        return char === ']' ? this.#close() : this.#value(char, 'a value or "]"');
      case 'key':
      case 'key-or-end':
        return expected === 'key-or-end' && char === '}' ? this.#close() : this.#key(char);
      case 'colon':
        this.#at += char === ':' ? 1 : 0;
        return char === ':' ? 'value' : this.#error('expected ":" after a member\'s name');
      default:
        return this.#separator(char);
    }
  }

  #value(char: string, wanted = 'a value'): Expected | JsonError {
    if (char === '{' || char === '[') {
      this.#open.push(char);
      this.#at += 1;
      return char === '{' ? 'key-or-end' : 'value-or-end';
    }
    if (char === '"') {
      return this.#string() ?? this.#afterValue();
    }
    NUMBER.lastIndex = this.#at;
    if (NUMBER.test(this.#text)) {
      this.#at = NUMBER.lastIndex;
      return this.#afterValue();
    }
    const literal = LITERALS.find((word) => this.#text.startsWith(word, this.#at));
    if (literal === undefined) {
      return this.#error(`expected ${wanted}`);
    }
    this.#at += literal.length;
    return this.#afterValue();
  }

  #key(char: string): Expected | JsonError {
    return char === '"' ? (this.#string() ?? 'colon') : this.#error("expected a member's name in double quotes");
  }

  #separator(char: string): Expected | JsonError {
    const inObject = this.#open.at(-1) === '{';
    if (char === ',') {
      this.#at += 1;
      return inObject ? 'key' : 'value';
    }
    return char === (inObject ? '}' : ']') ? this.#close() : this.#error(`expected "," or "${inObject ? '}' : ']'}"`);
  }

  #close(): Expected {
    this.#open.pop();
    this.#at += 1;
    return this.#afterValue();
  }

  #afterValue(): Expected {
    return this.#open.length === 0 ? 'nothing' : 'comma';
  }

  /** Passes over a string; `undefined` when it was well formed. */
  #string(): JsonError | undefined {
    this.#at += 1;
    for (;;) {
      const code = this.#text.charCodeAt(this.#at);
      if (code === QUOTE) {
        this.#at += 1;
        return undefined;
      }
      if (!(code >= 32)) {
        return this.#error(
          Number.isNaN(code) ? 'expected a closing quote' : 'a control character in a string must be escaped',
        );
      }
      if (code === BACKSLASH) {
        const escaped = this.#text.charAt(this.#at + 1);
        HEX4.lastIndex = this.#at + 2;
        if (!SIMPLE_ESCAPES.has(escaped) && !(escaped === 'u' && HEX4.test(this.#text))) {
          return this.#error('an escape in a string is not valid');
        }
        this.#at += escaped === 'u' ? 6 : 2;
      } else {
        this.#at += 1;
      }
    }
  }

  #error(what: string): JsonError {
    const found = this.#text.codePointAt(this.#at);
    const described = found === undefined ? 'the end of the body' : JSON.stringify(String.fromCodePoint(found));
    return { position: this.#at, problem: `${what}, found ${described}` };
  }
}

/** The first place at which a text departs from JSON's grammar, or `undefined` when it is JSON. For error messages: `JSON.parse` decides, and does not say where. */
export function findJsonError(text: string): JsonError | undefined {
  return new JsonScan(text).run();
}

// JSON as Loki's parser reads it: token by token, without looking at what stands behind the part that is asked for.
// The grammar: RFC 8259. The problems are worded as github.com/buger/jsonparser words them, since they are seen in `__error_details__`.

import { unescapeJson } from './unescape-json.ts';

/** What a value is, by its first character. */
export type JsonKind = 'string' | 'number' | 'boolean' | 'null' | 'object' | 'array';

export const JSON_PROBLEMS = {
  json: 'Malformed JSON error',
  object: "Value looks like object, but can't find closing '}' symbol",
  array: "Value looks like array, but can't find closing ']' symbol",
  string: "Value looks like string, but can't find closing '\"' symbol",
  escape: 'Encountered an invalid escape sequence in a string',
  unknown: 'Unknown value type',
} as const;

const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const BRACE_OPEN = 0x7b;
const BRACE_CLOSE = 0x7d;
const BRACKET_OPEN = 0x5b;
const BRACKET_CLOSE = 0x5d;
const COMMA = 0x2c;
const COLON = 0x3a;

/** A place in a text that moves over JSON tokens. One serves all lines. What cannot be read is in `problem`. */
export class JsonScanner {
  text = '';
  /** Where to read on. */
  at = 0;
  problem: string | undefined;
  /** The last value: a string's without its quotes. */
  kind: JsonKind = 'null';
  start = 0;
  end = 0;

  begin(text: string): void {
    this.text = text;
    this.at = 0;
    this.problem = undefined;
  }

  /** The last value as it is written. */
  get raw(): string {
    return this.text.slice(this.start, this.end);
  }

  /** Steps over the brace that opens an object; false when there is none. */
  openObject(): boolean {
    return this.nextToken() === BRACE_OPEN ? this.#step() : this.#fail('object');
  }

  /** Reads the next key and its colon, so that the value comes next; undefined at the object's end, behind its brace, or with a problem. */
  nextKey(isFirst: boolean): string | undefined {
    let token = this.nextToken();
    if (!isFirst && token !== BRACE_CLOSE) {
      if (token !== COMMA) {
        this.#fail(Number.isNaN(token) ? 'array' : 'object');
        return;
      }
      this.at += 1;
      token = this.nextToken();
    }
    if (token !== QUOTE) {
      this.#endObject(token, isFirst);
      return;
    }
    const start = this.at + 1;
    const end = this.#stringEnd(start);
    if (end === -1) {
      this.#fail('json');
      return;
    }
    this.at = end + 1;
    if (this.nextToken() !== COLON) {
      this.#fail('json');
      return;
    }
    this.at += 1;
    const key = unescapeJson(this.text.slice(start, end));
    if (key === undefined) {
      this.#fail('escape');
    }
    return key;
  }

  #endObject(token: number, isFirst: boolean): void {
    if (token === BRACE_CLOSE) {
      this.at += 1;
    } else {
      this.#fail(Number.isNaN(token) ? (isFirst ? 'json' : 'array') : 'object');
    }
  }

  /** Reads a value, an object or array as a whole; false with a problem. */
  readValue(): boolean {
    const token = this.nextToken();
    this.start = this.at;
    switch (token) {
      case QUOTE:
        this.kind = 'string';
        this.start = this.at + 1;
        this.end = this.#stringEnd(this.start);
        this.at = this.end + 1;
        return this.end !== -1 || this.#fail('string');
      case BRACE_OPEN:
        this.kind = 'object';
        return this.#readBlock(BRACE_OPEN, BRACE_CLOSE) || this.#fail('object');
      case BRACKET_OPEN:
        this.kind = 'array';
        return this.#readBlock(BRACKET_OPEN, BRACKET_CLOSE) || this.#fail('array');
      default:
        return Number.isNaN(token) ? this.#fail('json') : this.#readWord(token);
    }
  }

  /** Moves to the next character that is no space, and gives its code; NaN at the end. */
  nextToken(): number {
    for (;;) {
      const code = this.text.charCodeAt(this.at);
      if (code !== 0x20 && code !== 0x0a && code !== 0x0d && code !== 0x09) {
        return code;
      }
      this.at += 1;
    }
  }

  #step(): boolean {
    this.at += 1;
    return true;
  }

  #fail(problem: keyof typeof JSON_PROBLEMS): false {
    this.problem = JSON_PROBLEMS[problem];
    return false;
  }

  /** Where the quote stands that ends a string whose text begins at `start`; -1 when there is none. */
  #stringEnd(start: number): number {
    let end = this.text.indexOf('"', start);
    while (end !== -1 && this.text.charCodeAt(end - 1) === BACKSLASH && this.#isEscaped(start, end)) {
      end = this.text.indexOf('"', end + 1);
    }
    return end;
  }

  #isEscaped(start: number, quote: number): boolean {
    let at = quote;
    while (at > start && this.text.charCodeAt(at - 1) === BACKSLASH) {
      at -= 1;
    }
    return (quote - at) % 2 === 1;
  }

  /** Only brackets of the block's own kind are counted, strings are stepped over. */
  #readBlock(open: number, close: number): boolean {
    let level = 0;
    for (let at = this.start; at < this.text.length; at += 1) {
      const code = this.text.charCodeAt(at);
      if (code === QUOTE) {
        at = this.#stringEnd(at + 1);
        if (at === -1) {
          return false;
        }
      } else if (code === open) {
        level += 1;
      } else if (code === close) {
        level -= 1;
        if (level === 0) {
          this.end = at + 1;
          this.at = this.end;
          return true;
        }
      }
    }
    return false;
  }

  /** A number is whatever begins like one. */
  #readWord(first: number): boolean {
    let at = this.start;
    while (at < this.text.length && !isWordEnd(this.text.charCodeAt(at))) {
      at += 1;
    }
    this.end = at;
    this.at = at;
    if ((first >= 0x30 && first <= 0x39) || first === 0x2d) {
      this.kind = 'number';
      return true;
    }
    const length = at - this.start;
    if (
      (length === 4 && this.text.startsWith('true', this.start)) ||
      (length === 5 && this.text.startsWith('false', this.start))
    ) {
      this.kind = 'boolean';
      return true;
    }
    if (length === 4 && this.text.startsWith('null', this.start)) {
      this.kind = 'null';
      return true;
    }
    return this.#fail('unknown');
  }
}

function isWordEnd(code: number): boolean {
  return (
    code === 0x20 ||
    code === COMMA ||
    code === BRACE_CLOSE ||
    code === BRACKET_CLOSE ||
    code === 0x0a ||
    code === 0x0d ||
    code === 0x09
  );
}

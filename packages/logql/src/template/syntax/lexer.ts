// The tokens of Go's text/template: https://pkg.go.dev/text/template

import { describeRune, quote } from '../values/quote.ts';
import { KEYWORDS, type Token, type TokenKind } from './token.ts';

const LEFT = '{{';
const RIGHT = '}}';
const SPACE = /[ \t\r\n]/;
const SPACES = /[ \t\r\n]*/y;
const WORD = /[\p{L}\p{Nd}_]*/uy;
const WORD_CHARACTER = /[\p{L}\p{Nd}_]/u;
const NUMBER =
  /[+-]?(?:0[xX][0-9a-fA-F_]*(?:\.[0-9a-fA-F_]*)?(?:[pP][+-]?[0-9_]*)?|0[oO][0-7_]*(?:\.[0-7_]*)?|0[bB][01_]*(?:\.[01_]*)?|[0-9_]*(?:\.[0-9_]*)?(?:[eE][+-]?[0-9_]*)?)i?/y;
/** What may follow a name or a field. */
const AFTER_WORD = /[ \t\r\n.,|:)(]/;
const PRINTABLE_ASCII = /[ -~]/;
const FIXED: ReadonlyMap<string, TokenKind> = new Map([
  ['=', 'assign'],
  ['|', 'pipe'],
]);
const KEYWORD_KINDS: ReadonlyMap<string, TokenKind> = new Map(KEYWORDS.map((word) => [word, word]));

/** Cuts a template into tokens; the last is `eof`, or an `error`. */
export class Lexer {
  readonly #text: string;
  readonly #tokens: Token[] = [];
  #at = 0;
  /** Where the token being read begins. */
  #start = 0;
  #parenDepth = 0;

  constructor(text: string) {
    this.#text = text;
  }

  tokens(): readonly Token[] {
    while (this.#readText()) {
      // Each turn takes a text and the action behind it.
    }
    return this.#tokens;
  }

  /** Text up to an action, and the action; false at the end. */
  #readText(): boolean {
    const text = this.#text;
    const start = this.#at;
    const open = text.indexOf(LEFT, start);
    const end = open === -1 ? text.length : open;
    const isTrimmed = open !== -1 && this.#isTrimMark(open + LEFT.length, 0);
    const kept = isTrimmed ? text.slice(start, end).replace(/(?<![ \t\r\n])[ \t\r\n]+$/, '') : text.slice(start, end);
    if (kept !== '') {
      this.#add('text', kept, start);
    }
    this.#at = end;
    if (open === -1) {
      this.#add('eof', '', end);
      return false;
    }
    const inside = open + LEFT.length + (isTrimmed ? 2 : 0);
    if (text.startsWith('/*', inside)) {
      return this.#skipComment(inside);
    }
    this.#add('left-delimiter', LEFT, open);
    this.#at = inside;
    this.#parenDepth = 0;
    return this.#readAction();
  }

  /** Whether `- ` (of an opening) or ` -` (of a closing) stands there. */
  #isTrimMark(at: number, dashOffset: 0 | 1): boolean {
    return this.#text.charAt(at + dashOffset) === '-' && SPACE.test(this.#text.charAt(at + 1 - dashOffset));
  }

  /** The length of `}}` or ` -}}` where the lexer stands; 0 without one. */
  #rightDelimiterLength(): number {
    if (this.#isTrimMark(this.#at, 1) && this.#text.startsWith(RIGHT, this.#at + 2)) {
      return RIGHT.length + 2;
    }
    return this.#text.startsWith(RIGHT, this.#at) ? RIGHT.length : 0;
  }

  #closeAction(length: number): void {
    this.#at += length;
    if (length > RIGHT.length) {
      this.#skip(SPACES);
    }
  }

  #skipComment(start: number): boolean {
    const end = this.#text.indexOf('*/', start + 2);
    if (end === -1) {
      return this.#fail(start, 'unclosed comment');
    }
    this.#at = end + 2;
    const length = this.#rightDelimiterLength();
    if (length === 0) {
      return this.#fail(start, 'comment ends before closing delimiter');
    }
    this.#closeAction(length);
    return true;
  }

  #readAction(): boolean {
    for (;;) {
      const length = this.#rightDelimiterLength();
      if (length > 0) {
        if (this.#parenDepth > 0) {
          return this.#fail(this.#at, 'unclosed left paren');
        }
        this.#add('right-delimiter', RIGHT, this.#at + length - RIGHT.length);
        this.#closeAction(length);
        return true;
      }
      if (!this.#readToken()) {
        return false;
      }
    }
  }

  #readToken(): boolean {
    const start = this.#at;
    this.#start = start;
    const character = this.#characterAt(start);
    if (character === '') {
      return this.#fail(start, 'unclosed action');
    }
    if (SPACE.test(character)) {
      return this.#readSpace(start);
    }
    const fixed = FIXED.get(character);
    if (fixed !== undefined) {
      return this.#take(fixed, start + 1);
    }
    switch (character) {
      case ':':
        return this.#text.charAt(start + 1) === '='
          ? this.#take('declare', start + 2)
          : this.#fail(start, 'expected :=');
      case '"':
        return this.#readQuoted('"', 'string', 'unterminated quoted string');
      case "'":
        return this.#readQuoted("'", 'char-constant', 'unterminated character constant');
      case '`':
        return this.#readRaw(start);
      case '(':
        this.#parenDepth++;
        return this.#take('left-paren', start + 1);
      case ')':
        this.#parenDepth--;
        return this.#parenDepth < 0
          ? this.#fail(start, 'unexpected right paren')
          : this.#take('right-paren', start + 1);
      default:
        return this.#readWordOrNumber(character, start);
    }
  }

  #readWordOrNumber(character: string, start: number): boolean {
    if (character === '$' || (character === '.' && !/[0-9]/.test(this.#text.charAt(start + 1)))) {
      this.#at = start + 1;
      this.#skip(WORD);
      const isLone = this.#at === start + 1;
      return this.#takeWord(character === '$' ? 'variable' : isLone ? 'dot' : 'field', start, isLone);
    }
    if (/[0-9+.-]/.test(character)) {
      return this.#readNumber(start);
    }
    if (WORD_CHARACTER.test(character)) {
      this.#skip(WORD);
      const word = this.#text.slice(start, this.#at);
      const kind = word === 'true' || word === 'false' ? 'bool' : (KEYWORD_KINDS.get(word) ?? 'identifier');
      return this.#takeWord(kind, start, false);
    }
    return PRINTABLE_ASCII.test(character)
      ? this.#take('char', start + 1)
      : this.#fail(start, `unrecognized character in action: ${describeRune(character)}`);
  }

  /** A word must end where it does; of a lone `.` or `$`, the parser says what is wrong behind it. */
  #takeWord(kind: TokenKind, start: number, isLone: boolean): boolean {
    const next = this.#characterAt(this.#at);
    if (next !== '' && !AFTER_WORD.test(next) && !this.#text.startsWith(RIGHT, this.#at)) {
      return this.#fail(isLone ? this.#at : start, `bad character ${describeRune(next)}`);
    }
    return this.#take(kind, this.#at);
  }

  #readSpace(start: number): boolean {
    this.#skip(SPACES);
    // The last space may belong to a closing delimiter that trims.
    if (this.#text.startsWith(`-${RIGHT}`, this.#at)) {
      this.#at--;
    }
    return this.#at === start || this.#take('space', this.#at);
  }

  #readQuoted(quote: string, kind: TokenKind, problem: string): boolean {
    const start = this.#at;
    for (let at = start + 1; at < this.#text.length; at++) {
      const character = this.#text.charAt(at);
      if (character === '\n') {
        break;
      }
      if (character === quote) {
        return this.#take(kind, at + 1);
      }
      if (character === '\\' && this.#text.charAt(at + 1) !== '\n') {
        at++;
      }
    }
    return this.#fail(start, problem);
  }

  #readRaw(start: number): boolean {
    const close = this.#text.indexOf('`', start + 1);
    return close === -1 ? this.#fail(start, 'unterminated raw quoted string') : this.#take('raw-string', close + 1);
  }

  #readNumber(start: number): boolean {
    this.#skip(NUMBER);
    let kind: TokenKind = 'number';
    if (/[+-]/.test(this.#text.charAt(this.#at)) && !WORD_CHARACTER.test(this.#characterAt(this.#at))) {
      kind = 'complex';
      this.#skip(NUMBER);
      if (this.#text.charAt(this.#at - 1) !== 'i') {
        return this.#fail(start, `bad number syntax: ${quote(this.#text.slice(start, this.#at))}`);
      }
    }
    const next = this.#characterAt(this.#at);
    if (next !== '' && WORD_CHARACTER.test(next)) {
      const read = this.#text.slice(start, this.#at + next.length);
      return this.#fail(start, `bad number syntax: ${quote(read)}`);
    }
    return this.#take(kind, this.#at);
  }

  #characterAt(at: number): string {
    const code = this.#text.codePointAt(at);
    return code === undefined ? '' : String.fromCodePoint(code);
  }

  #skip(pattern: RegExp): void {
    pattern.lastIndex = this.#at;
    pattern.test(this.#text);
    this.#at = Math.max(this.#at, pattern.lastIndex);
  }

  #take(kind: TokenKind, end: number): boolean {
    this.#at = end;
    this.#add(kind, this.#text.slice(this.#start, end), this.#start);
    return true;
  }

  #fail(position: number, message: string): false {
    this.#add('error', message, position);
    return false;
  }

  #add(kind: TokenKind, text: string, position: number): void {
    this.#tokens.push({ kind, text, position });
  }
}

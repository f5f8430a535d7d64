// https://prometheus.io/docs/prometheus/latest/querying/basics/
import { findStringEnd } from './find-string-end.ts';
import { readNumber } from './read-number.ts';
import { KEYWORDS, NUMBER_WORDS, shorten, type Token, type TokenKind } from './token.ts';

const BLANK = /(?:[ \t\r\n]|#[^\r\n]*)+/y;
const NAME = /[A-Za-z_:][A-Za-z0-9_:]*/y;
/** Labels, and the words of a duration in brackets, where a colon begins a subquery's step. */
const WORD = /[A-Za-z_][A-Za-z0-9_]*/y;
/** The longer before its own beginning. */
const SYMBOL = /==|!=|<=|>=|<\/|>\/|[-+*/%^=<>(){}[\],@]/y;
const BRACED_SYMBOL = /=~|!~|!=|[=,}]/y;

/** Words that a duration may have. */
const DURATION_WORDS = new Set(['step', 'range', 'min_of', 'max_of']);

/** Cuts a query into tokens in one pass; the last is `end` or `error`, and nothing is looked at behind an error. */
class Lexer {
  readonly #query: string;
  readonly #tokens: Token[] = [];
  #at = 0;
  #parentheses = 0;
  #isInBraces = false;
  #isInBrackets = false;
  /** The duration in brackets has a number already: a colon may follow. */
  #hasNumber = false;

  constructor(query: string) {
    this.#query = query;
  }

  run(): Token[] {
    do {
      this.#match(BLANK);
      this.#read(this.#at, this.#query.charAt(this.#at));
    } while (!['end', 'error'].includes(this.#tokens.at(-1)?.kind ?? 'end'));
    return this.#tokens;
  }

  #read(from: number, char: string): void {
    if (char === '') {
      this.#readEnd();
    } else if (char === '"' || char === "'" || char === '`') {
      const { end, problem } = findStringEnd(this.#query, from);
      this.#at = end;
      this.#push(problem === undefined ? 'string' : 'error', from, problem);
    } else if (this.#isInBraces) {
      this.#readInBraces(from, char);
    } else if (/^[0-9.]/.test(char)) {
      this.#readNumber(from, char);
    } else if (this.#match(this.#isInBrackets ? WORD : NAME)) {
      this.#pushName(from);
    } else if (this.#isInBrackets && char === ':') {
      this.#at += 1;
      this.#push('symbol', from);
    } else {
      this.#readSymbol(from, char);
    }
  }

  #readEnd(): void {
    const problem = this.#isInBraces
      ? 'unexpected end of input inside braces'
      : this.#parentheses > 0
        ? 'unclosed left parenthesis'
        : this.#isInBrackets
          ? 'unclosed left bracket'
          : undefined;
    this.#push(problem === undefined ? 'end' : 'error', this.#at, problem);
  }

  #readInBraces(from: number, char: string): void {
    if (this.#match(WORD)) {
      this.#push('identifier', from);
    } else if (this.#match(BRACED_SYMBOL)) {
      this.#push('symbol', from);
      this.#isInBraces = char !== '}';
    } else if (char === '!') {
      this.#fail(from, `unexpected character after '!' inside braces: ${this.#character(from + 1)}`);
    } else {
      this.#fail(
        from,
        `unexpected ${char === '{' ? 'left brace' : 'character inside braces:'} ${this.#character(from)}`,
      );
    }
  }

  #readNumber(from: number, char: string): void {
    const { kind, end } = readNumber(this.#query, from);
    this.#at = end;
    const text = this.#query.slice(from, end);
    const problem =
      text === '.' && char === '.' ? `unexpected character: '.'` : `bad number or duration syntax: ${shorten(text)}`;
    this.#hasNumber = true;
    this.#push(kind ?? 'error', from, kind === undefined ? problem : undefined);
  }

  #pushName(from: number): void {
    const text = this.#query.slice(from, this.#at);
    const word = text.toLowerCase();
    if (this.#isInBrackets && !DURATION_WORDS.has(word)) {
      const character = this.#character(from);
      this.#fail(
        from,
        this.#hasNumber
          ? `unexpected character: ${character}, expected ':'`
          : `unexpected character in duration expression: ${character}`,
      );
    } else if (NUMBER_WORDS.has(word)) {
      this.#push('number', from);
    } else if (KEYWORDS.has(word)) {
      this.#tokens.push({ kind: 'keyword', text, word, from, to: this.#at });
    } else {
      this.#push(text.includes(':') ? 'metric-name' : 'identifier', from);
    }
  }

  #readSymbol(from: number, char: string): void {
    const next = this.#character(from + 1);
    if (char === '!' && next !== "'='") {
      this.#fail(from, `unexpected character after '!': ${next}`);
    } else if (char === '=' && next === "'~'") {
      this.#fail(from, `unexpected character after '=': ${next}`);
    } else if (!this.#match(SYMBOL)) {
      this.#fail(from, `unexpected character: ${this.#character(from)}`);
    } else {
      this.#pushSymbol(from, char);
    }
  }

  #pushSymbol(from: number, char: string): void {
    if (char === ')' && this.#parentheses === 0) {
      this.#fail(from, `unexpected right parenthesis ')'`);
    } else if (char === '[' && this.#isInBrackets) {
      this.#fail(from, `unexpected left bracket '['`);
    } else if (char === ']' && !this.#isInBrackets) {
      this.#fail(from, `unexpected right bracket ']'`);
    } else if (char === '}') {
      this.#fail(from, `unexpected character: '}'`);
    } else {
      this.#parentheses += char === '(' ? 1 : char === ')' ? -1 : 0;
      this.#hasNumber &&= char !== '[';
      this.#isInBrackets = char === '[' || (this.#isInBrackets && char !== ']');
      this.#isInBraces = char === '{';
      this.#push('symbol', from);
    }
  }

  /** Goes on behind the pattern, if it stands here. */
  #match(pattern: RegExp): boolean {
    pattern.lastIndex = this.#at;
    const found = pattern.test(this.#query);
    this.#at = found ? pattern.lastIndex : this.#at;
    return found;
  }

  #push(kind: TokenKind, from: number, problem?: string): void {
    const text = problem ?? this.#query.slice(from, this.#at);
    this.#tokens.push({ kind, text, word: text, from, to: this.#at });
  }

  #fail(from: number, problem: string): void {
    this.#push('error', from, problem);
  }

  /** In single quotes, as Go writes a rune. */
  #character(at: number): string {
    const code = this.#query.codePointAt(at);
    return code === undefined ? 'end of input' : `'${String.fromCodePoint(code).toWellFormed()}'`;
  }
}

/** The tokens of a query. Never throws: the last one is `end`, or `error` with the reason as its text. */
export function tokenize(query: string): readonly Token[] {
  return new Lexer(query).run();
}

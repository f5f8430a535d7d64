import { invalidQuery } from '@aegisguard/model';
import type { RE2JS } from 're2js';
import { Lexer } from './lexer.ts';
import { RegexBudget } from './regex-budget.ts';
import { describeToken, type Token } from './token.ts';

/** Parentheses may be nested so deep; it bounds the recursion of the parser and, with the operators, of all that walks its trees. */
const DEPTH_MAX = 100;
/** Each matcher, filter, stage or operator costs something for every log; queries that people write have a handful. */
const PARTS_MAX = 100;

/** How a query is to be read. */
export interface ParseOptions {
  /** Accepts selectors that logs without any label satisfy, `{}` among them. Loki refuses these. */
  readonly allowsAnyStream: boolean;
}

/** What every part of the parser does with tokens. */
export class TokenReader {
  readonly #lexer: Lexer;
  readonly #ahead: Token[] = [];
  readonly #regexes = new RegexBudget();
  #depth = 0;

  readonly options: ParseOptions;

  constructor(query: string, options: ParseOptions) {
    this.#lexer = new Lexer(query);
    this.options = options;
  }

  /** The next token, or one behind it, left where it is. */
  peek(ahead = 0): Token {
    for (;;) {
      const token = this.#ahead[ahead];
      if (token !== undefined) {
        return token;
      }
      this.#ahead.push(this.#lexer.read());
    }
  }

  /** The next token, taken. */
  take(): Token {
    const token = this.peek();
    this.#ahead.shift();
    return token;
  }

  /** True when the token ahead is the symbol, flag or name given. A string is never meant. */
  isNext(text: string, ahead = 0): boolean {
    const { kind, text: next } = this.peek(ahead);
    return next === text && (kind === 'symbol' || kind === 'name' || kind === 'flag');
  }

  /** Takes the next token if it is the symbol, flag or name given. */
  takeIf(text: string): boolean {
    const found = this.isNext(text);
    if (found) {
      this.take();
    }
    return found;
  }

  /** Takes a symbol that must come now. */
  expectSymbol(symbol: string, where: string): void {
    if (!this.takeIf(symbol)) {
      this.fail(`"${symbol}" ${where}`);
    }
  }

  /** Takes a token of a kind that must come now; `wanted` says what is meant by it. */
  expect(kind: Token['kind'], wanted: string): Token {
    return this.peek().kind === kind ? this.take() : this.fail(wanted);
  }

  /** Takes a text that must come now. */
  expectText(where: string): Token {
    return this.expect('string', `a text in double quotes or backticks ${where}`);
  }

  /** Compiles the regular expression that a text is. */
  compile({ text, position }: Token): RE2JS {
    return this.#regexes.compile(text, position);
  }

  /** Refuses the next token, saying what should stand in its place. */
  fail(wanted: string): never {
    const found = this.peek();
    throw invalidQuery(found.position, `syntax error: unexpected ${describeToken(found)}, expected ${wanted}`);
  }

  /** Refuses one more of what a query has already `count` of. */
  checkCount(count: number, what: string): void {
    if (count >= PARTS_MAX) {
      throw invalidQuery(this.peek().position, `there may be at most ${PARTS_MAX} ${what}`);
    }
  }

  /** Reads parts with commas between them, at least one. */
  list<T>(parse: () => T, what: string): T[] {
    const parts = [parse()];
    while (this.takeIf(',')) {
      this.checkCount(parts.length, what);
      parts.push(parse());
    }
    return parts;
  }

  /** Runs a part of the parser that stands in parentheses; the opening one is next. */
  inParentheses<T>(parse: () => T, where: string): T {
    const { position } = this.peek();
    this.expectSymbol('(', where);
    this.#depth += 1;
    if (this.#depth > DEPTH_MAX) {
      throw invalidQuery(position, `more than ${DEPTH_MAX} parentheses inside one another`);
    }
    const parsed = parse();
    this.expectSymbol(')', 'to close the parentheses');
    this.#depth -= 1;
    return parsed;
  }
}

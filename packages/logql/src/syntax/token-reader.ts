import { invalidQuery } from '@aegisguard/model';
import { Lexer } from './lexer.ts';
import { describeToken, type Token } from './token.ts';

/** Parentheses may be nested so deep; it bounds the parser's recursion. */
const DEPTH_MAX = 50;

/** What every part of the parser does with tokens. */
export class TokenReader {
  readonly #lexer: Lexer;
  #depth = 0;

  constructor(query: string) {
    this.#lexer = new Lexer(query);
  }

  peek(): Token {
    return this.#lexer.peek();
  }

  take(): Token {
    return this.#lexer.take();
  }

  /** True when the next token is the symbol or name given. A string is never meant. */
  isNext(text: string): boolean {
    const { kind, text: next } = this.peek();
    return next === text && (kind === 'symbol' || kind === 'name');
  }

  /** Takes the next token if it is the symbol or name given. */
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

  /** Refuses the next token, saying what should stand in its place. */
  fail(wanted: string): never {
    const found = this.peek();
    throw invalidQuery(found.position, `expected ${wanted}, found ${describeToken(found)}`);
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

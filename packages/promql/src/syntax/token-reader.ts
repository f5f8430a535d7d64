import { invalidQuery } from '@aegisguard/model';
import { tokenize } from './lexer.ts';
import { describeToken, type Token } from './token.ts';

/** Expressions inside one another: it bounds the recursion of the parser and of all that walks its trees. */
export const DEPTH_MAX = 500;

/** What every part of the parser does with tokens. */
export class TokenReader {
  readonly #tokens: readonly Token[];
  #at = 0;
  #depth = 0;
  #aggregations = 0;

  constructor(query: string) {
    this.#tokens = tokenize(query);
  }

  /** The next token, or one behind it, left where it is. The last is repeated. */
  peek(ahead = 0): Token {
    const token = this.#tokens[Math.min(this.#at + ahead, this.#tokens.length - 1)];
    if (token === undefined) {
      throw new Error('a query has at least the token of its end');
    }
    return token;
  }

  take(): Token {
    const token = this.peek();
    this.#at += 1;
    return token;
  }

  /** Where the token taken last ends. */
  get end(): number {
    return this.#tokens[this.#at - 1]?.to ?? 0;
  }

  /** True when a token ahead is the symbol or keyword given. A string or a name is never meant. */
  isNext(word: string, ahead = 0): boolean {
    const token = this.peek(ahead);
    return token.word === word && (token.kind === 'symbol' || token.kind === 'keyword');
  }

  /** Takes the next token if it is the symbol or keyword given. */
  takeIf(word: string): boolean {
    const found = this.isNext(word);
    this.#at += found ? 1 : 0;
    return found;
  }

  /** Takes the symbol that must come now. `context` and `expected` are the words of the error. */
  expect(symbol: string, context?: string, expected?: string): Token {
    return this.isNext(symbol) ? this.take() : this.unexpected(context, expected);
  }

  /** Refuses the next token in Prometheus's words. */
  unexpected(context = this.#aggregations > 0 ? 'aggregation' : '', expected = ''): never {
    const token = this.peek();
    if (token.kind === 'error') {
      throw invalidQuery(token.from, token.text);
    }
    const place = context === '' ? '' : ` in ${context}`;
    throw invalidQuery(
      token.from,
      `unexpected ${describeToken(token)}${place}${expected === '' ? '' : `, expected ${expected}`}`,
    );
  }

  /** Refuses to go deeper than the bound. */
  checkDepth(depth: number): void {
    if (depth > DEPTH_MAX) {
      throw invalidQuery(this.peek().from, `expressions stand inside one another at most ${DEPTH_MAX} deep`);
    }
  }

  /** Runs a part of the parser that may contain itself. */
  nested<T>(parse: () => T): T {
    this.#depth += 1;
    this.checkDepth(this.#depth);
    const parsed = parse();
    this.#depth -= 1;
    return parsed;
  }

  /** Runs the part of the parser behind an aggregation's name, which errors mention. */
  inAggregation<T>(parse: () => T): T {
    this.#aggregations += 1;
    const parsed = parse();
    this.#aggregations -= 1;
    return parsed;
  }
}

import { invalidQuery } from '@aegisguard/model';
import type { TextSpan } from '../ast/field-expression.ts';
import { Lexer } from '../lex/lexer.ts';
import { describeToken, type Token } from '../lex/token.ts';

/** Parentheses, signs and powers may be nested so deep; it bounds the recursion of the parser. */
const DEPTH_MAX = 100;
/** Values, fields, operators and stages together. Each costs something for every span, and a chain of operators is a tree as deep as it is long. */
const PARTS_MAX = 2000;

/** What every part of the parser does with tokens. */
export class TokenReader {
  readonly query: string;
  readonly #lexer: Lexer;
  readonly #ahead: Token[] = [];
  /** Where the last token ended that was taken. */
  #end = 0;
  #depth = 0;
  #parts = 0;

  constructor(query: string) {
    this.query = query;
    this.#lexer = new Lexer(query);
  }

  /** The next token, or one behind it, left where it is. Throws what is wrong with it when it has no meaning. */
  peek(ahead = 0): Token {
    for (;;) {
      const token = this.#ahead[ahead];
      if (token !== undefined) {
        if (token.kind === 'bad') {
          throw token.error;
        }
        return token;
      }
      const read = this.#lexer.read();
      if (read.kind !== 'comment') {
        this.#ahead.push(read);
      }
    }
  }

  /** The next token, taken. */
  take(): Token {
    const token = this.peek();
    this.#ahead.shift();
    this.#end = token.at.to;
    return token;
  }

  /** From a place to the end of what was taken last. */
  since(from: number): TextSpan {
    return { from, to: this.#end };
  }

  /** The symbol that comes next; undefined when something else does. */
  get symbol(): string | undefined {
    const token = this.peek();
    return token.kind === 'symbol' ? token.text : undefined;
  }

  /** The word that comes next; undefined when something else does. */
  get word(): string | undefined {
    const token = this.peek();
    return token.kind === 'word' ? token.text : undefined;
  }

  /** Takes the next token if it is the symbol or word given. */
  takeIf(text: string): boolean {
    const found = this.symbol === text || this.word === text;
    if (found) {
      this.take();
    }
    return found;
  }

  /** Takes a symbol that must come now; `where` says for what. */
  expect(symbol: string, where: string): void {
    if (this.symbol !== symbol) {
      this.fail(`${symbol} ${where}`);
    }
    this.take();
  }

  /** Refuses the next token, saying what should stand in its place. */
  fail(wanted: string): never {
    const found = this.peek();
    throw invalidQuery(
      found.at.from,
      `syntax error: unexpected ${describeToken(found, this.query)}, expected ${wanted}`,
    );
  }

  /** Counts a part of the query; to be called for each. */
  countPart(): void {
    this.#parts += 1;
    if (this.#parts > PARTS_MAX) {
      throw invalidQuery(this.peek().at.from, `a query has at most ${PARTS_MAX} parts`);
    }
  }

  /** Runs a part of the parser that calls itself. */
  deeper<T>(parse: () => T): T {
    this.#depth += 1;
    if (this.#depth > DEPTH_MAX) {
      throw invalidQuery(this.peek().at.from, `more than ${DEPTH_MAX} parts inside one another`);
    }
    const parsed = parse();
    this.#depth -= 1;
    return parsed;
  }

  /** Runs a part of the parser that stands in parentheses; the opening one is next. */
  inParentheses<T>(parse: () => T, where: string): T {
    this.expect('(', where);
    const parsed = this.deeper(parse);
    this.expect(')', 'to close the parentheses');
    return parsed;
  }

  /** Reads parts with commas between them, at least one. */
  list<T>(parse: () => T): T[] {
    const parts = [parse()];
    while (this.takeIf(',')) {
      parts.push(parse());
    }
    return parts;
  }
}

import { TemplateError } from '../template-error.ts';
import { Lexer } from './lexer.ts';
import { describeToken, type Token, type TokenKind } from './token.ts';

/** Parentheses, and actions within actions; Go has bounds of thousands. */
const NESTING_MAX = 100;

/** The tokens of a template while it is parsed, and what is declared at that place. */
export class TokenReader {
  readonly name: string;
  readonly text: string;
  /** Names of variables that are known here, the newest last. */
  readonly variables: string[] = ['$'];
  readonly #tokens: readonly Token[];
  readonly #hasFunction: (name: string) => boolean;
  #at = 0;
  #furthest = 0;
  #nesting = 0;
  /** Where the action that is being read begins: it may go over several lines. */
  actionStart: number | undefined;
  rangeDepth = 0;

  constructor(name: string, text: string, hasFunction: (name: string) => boolean) {
    this.name = name;
    this.text = text;
    this.#tokens = new Lexer(text).tokens();
    this.#hasFunction = hasFunction;
  }

  hasFunction(name: string): boolean {
    return this.#hasFunction(name);
  }

  /** The token after `ahead` others; the last one for ever. */
  #tokenAt(at: number): Token {
    const index = Math.min(at, this.#tokens.length - 1);
    this.#furthest = Math.max(this.#furthest, index);
    const token = this.#tokens[index];
    if (token === undefined) {
      throw new RangeError('a template has at least one token');
    }
    return token;
  }

  peek(): Token {
    return this.#tokenAt(this.#at);
  }

  next(): Token {
    const token = this.peek();
    this.#at++;
    return token;
  }

  peekNonSpace(): Token {
    while (this.peek().kind === 'space') {
      this.#at++;
    }
    return this.peek();
  }

  nextNonSpace(): Token {
    this.peekNonSpace();
    return this.next();
  }

  /** Where the reader stands; to come back with `goTo`. */
  get mark(): number {
    return this.#at;
  }

  goTo(mark: number): void {
    this.#at = mark;
  }

  back(): void {
    this.#at--;
  }

  expect(kind: TokenKind, context: string): Token {
    const token = this.nextNonSpace();
    return token.kind === kind ? token : this.unexpected(token, context);
  }

  unexpected(token: Token, context: string): never {
    if (token.kind !== 'error') {
      return this.fail(`unexpected ${describeToken(token)} in ${context}`);
    }
    const line = this.actionStart === undefined ? undefined : this.#lineOf(this.actionStart);
    if (line === undefined || line === this.#lineOf(token.position)) {
      return this.fail(token.text);
    }
    const action = token.text.endsWith(' action') ? '' : ' in action';
    return this.fail(`${token.text}${action} started at ${this.name}:${line}`);
  }

  fail(message: string): never {
    const { position } = this.#tokenAt(this.#furthest);
    throw new TemplateError(`template: ${this.name}:${this.#lineOf(position)}: ${message}`, position);
  }

  #lineOf(position: number): number {
    let line = 1;
    for (let at = this.text.indexOf('\n'); at !== -1 && at < position; at = this.text.indexOf('\n', at + 1)) {
      line++;
    }
    return line;
  }

  /** Runs `read` one level deeper. */
  nested<T>(read: () => T): T {
    this.#nesting++;
    if (this.#nesting > NESTING_MAX) {
      this.fail(`more than ${NESTING_MAX} levels of nesting`);
    }
    const result = read();
    this.#nesting--;
    return result;
  }

  /** Runs `read` one level deeper; what it declares ends with it. */
  scoped<T>(read: () => T): T {
    const known = this.variables.length;
    const result = this.nested(read);
    this.variables.length = known;
    return result;
  }
}

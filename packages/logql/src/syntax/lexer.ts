import { invalidQuery, parseDuration } from '@aegisguard/model';
import type { Token } from './token.ts';
import { type Unquoted, unquoteInterpreted, unquoteRaw } from './unquote.ts';

const BLANK = /(?:[ \t\r\n]|#[^\n]*)*/y;
const NAME = /[A-Za-z_][A-Za-z0-9_]*/y;
const NUMBER = /\d[A-Za-z0-9_.µμ]*|\.\d[A-Za-z0-9_.]*/y;
const NUMERIC = /^(?:\d+(?:\.\d*)?|\.\d+)(?:e\d+)?$/i;
/** Everything else that LogQL has, the longer before its own beginning. */
const SYMBOL = /\|=|\|~|\|>|!=|!~|!>|=~|==|>=|<=|[{}()[\],=<>|+\-*/%^@:]/y;

/** Cuts a query into tokens, one at a time: what stands behind an error is never looked at. */
export class Lexer {
  readonly #query: string;
  #at = 0;
  #next: Token | undefined;

  constructor(query: string) {
    this.#query = query;
  }

  /** The next token, left where it is. */
  peek(): Token {
    this.#next ??= this.#read();
    return this.#next;
  }

  /** The next token, taken. */
  take(): Token {
    const token = this.peek();
    this.#next = undefined;
    return token;
  }

  #read(): Token {
    this.#at += this.#match(BLANK)?.length ?? 0;
    const position = this.#at;
    const char = this.#query.charAt(position);
    if (char === '') {
      return { kind: 'end', text: '', position };
    }
    if (char === '"') {
      return this.#string(unquoteInterpreted(this.#query, position), position);
    }
    if (char === '`') {
      return this.#string(unquoteRaw(this.#query, position), position);
    }
    const name = this.#match(NAME);
    if (name !== undefined) {
      return this.#token('name', name, position);
    }
    const number = this.#match(NUMBER);
    if (number !== undefined) {
      return this.#token(kindOfNumber(number, position), number, position);
    }
    const symbol = this.#match(SYMBOL);
    if (symbol === undefined) {
      throw invalidQuery(position, describeStray(this.#query, position));
    }
    return this.#token('symbol', symbol, position);
  }

  #match(pattern: RegExp): string | undefined {
    pattern.lastIndex = this.#at;
    return pattern.exec(this.#query)?.[0];
  }

  #token(kind: Token['kind'], text: string, position: number): Token {
    this.#at = position + text.length;
    return { kind, text, position };
  }

  #string({ value, end }: Unquoted, position: number): Token {
    this.#at = end;
    return { kind: 'string', text: value, position };
  }
}

function kindOfNumber(text: string, position: number): 'number' | 'duration' {
  if (NUMERIC.test(text)) {
    return 'number';
  }
  if (parseDuration(text) !== undefined) {
    return 'duration';
  }
  throw invalidQuery(
    position,
    `${JSON.stringify(text.slice(0, 40))} is neither a number nor a duration such as 5m or 1h30m`,
  );
}

function describeStray(query: string, position: number): string {
  const char = String.fromCodePoint(query.codePointAt(position) ?? 0);
  return char === "'"
    ? 'texts stand in double quotes or backticks, not in single quotes'
    : `${JSON.stringify(char)} has no meaning here`;
}

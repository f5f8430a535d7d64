import { invalidQuery, parseDuration, type Unquoted, unquoteInterpreted, unquoteRaw } from '@aegisguard/model';
import { parseBytes } from '../pipeline/convert/parse-bytes.ts';
import { shorten, type Token } from './token.ts';

const BLANK = /(?:[ \t\r\n]|#[^\n]*)*/y;
const NAME = /[A-Za-z_][A-Za-z0-9_]*/y;
const NUMBER = /(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][+-]?\d+)?(?![A-Za-z0-9_.µμ])/y;
/** What begins with a digit and is no number. */
const QUANTITY = /\.?\d[A-Za-z0-9_.µμ]*/y;
const FLAG = /--[a-z][a-z-]*/y;
/** Everything else that LogQL has, the longer before its own beginning. */
const SYMBOL = /\|=|\|~|\|>|!=|!~|!>|=~|==|>=|<=|[{}()[\],=<>|+\-*/%^]/y;

/** Cuts a query into tokens, one at a time: what stands behind an error is not looked at. */
export class Lexer {
  readonly #query: string;
  #at = 0;

  constructor(query: string) {
    this.#query = query;
  }

  /** The next token; the end again and again. */
  read(): Token {
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
    return (
      this.#take('name', NAME) ??
      this.#take('number', NUMBER) ??
      this.#takeQuantity() ??
      this.#take('flag', FLAG) ??
      this.#take('symbol', SYMBOL) ??
      refuseStray(this.#query, position)
    );
  }

  #match(pattern: RegExp): string | undefined {
    pattern.lastIndex = this.#at;
    return pattern.exec(this.#query)?.[0];
  }

  #take(kind: Token['kind'], pattern: RegExp): Token | undefined {
    const text = this.#match(pattern);
    const position = this.#at;
    this.#at += text?.length ?? 0;
    return text === undefined ? undefined : { kind, text, position };
  }

  /** Of what is both, a duration: `5m` are minutes. */
  #takeQuantity(): Token | undefined {
    const token = this.#take('duration', QUANTITY);
    if (token === undefined || parseDuration(token.text) !== undefined) {
      return token;
    }
    if (typeof parseBytes(token.text) !== 'number') {
      throw invalidQuery(
        token.position,
        `${shorten(token.text)} is neither a number nor a duration such as 5m or 1h30m, nor a size such as 20KB`,
      );
    }
    return { ...token, kind: 'bytes' };
  }

  #string({ value, end }: Unquoted, position: number): Token {
    this.#at = end;
    return { kind: 'string', text: value, position };
  }
}

function refuseStray(query: string, position: number): never {
  const char = String.fromCodePoint(query.codePointAt(position) ?? 0);
  throw invalidQuery(
    position,
    char === "'"
      ? 'texts stand in double quotes or backticks, not in single quotes'
      : `${shorten(char)} has no meaning here`,
  );
}

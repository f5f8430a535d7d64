// https://grafana.com/docs/tempo/latest/traceql/construct-traceql-queries/
import { type AegisError, invalidQuery, type Unquoted, unquoteInterpreted, unquoteRaw } from '@aegisguard/model';
import type { TextSpan } from '../ast/field-expression.ts';
import { readField } from './read-field.ts';
import { readNumber } from './read-number.ts';
import { shorten, type Token } from './token.ts';

const BLANK = /\s+/y;
const COMMENT = /\/\/[^\n]*|\/\*[\s\S]*?\*\//y;
const OPEN_COMMENT = /\/\*[\s\S]*/y;
const WORD = /[A-Za-z_][A-Za-z0-9_]*/y;
/** What begins as a number, to its end. */
const NUMBER = /\.?\d(?:[eE][+-]\d|[A-Za-z0-9_.µμ])*/y;
/** Everything else, the longer before its own beginning. */
const SYMBOL = /[&!](?:>>|<<|[<>~])|&&|\|\||!=|=~|>>|<<|>=|<=|[{}()<>=~!|+\-*/%^,]/y;

function matchAt(pattern: RegExp, query: string, at: number): string | undefined {
  pattern.lastIndex = at;
  return pattern.exec(query)?.[0];
}

/** Cuts a query into tokens, one at a time. It never throws: what has no meaning is a token of its own. */
export class Lexer {
  readonly #query: string;
  #at = 0;

  constructor(query: string) {
    this.#query = query;
  }

  /** The next token, comments among them; the end again and again. */
  read(): Token {
    this.#at += matchAt(BLANK, this.#query, this.#at)?.length ?? 0;
    const from = this.#at;
    const char = this.#query.charAt(from);
    if (char === '') {
      return { kind: 'end', at: { from, to: from } };
    }
    if (char === '"') {
      return this.#string(unquoteInterpreted);
    }
    if (char === '`') {
      return this.#string(unquoteRaw);
    }
    return this.#comment() ?? this.#number() ?? this.#field() ?? this.#text('word', WORD) ?? this.#symbol();
  }

  #span(length: number): TextSpan {
    const from = this.#at;
    this.#at += length;
    return { from, to: this.#at };
  }

  #bad(length: number, error: AegisError | string): Token {
    const made = typeof error === 'string' ? invalidQuery(this.#at, error) : error;
    return { kind: 'bad', error: made, at: this.#span(length) };
  }

  #text(kind: 'word' | 'comment' | 'symbol', pattern: RegExp): Token | undefined {
    const text = matchAt(pattern, this.#query, this.#at);
    return text === undefined ? undefined : { kind, text, at: this.#span(text.length) };
  }

  #comment(): Token | undefined {
    const open = matchAt(COMMENT, this.#query, this.#at) === undefined && matchAt(OPEN_COMMENT, this.#query, this.#at);
    return typeof open === 'string'
      ? this.#bad(open.length, 'this comment has no closing */')
      : this.#text('comment', COMMENT);
  }

  #number(): Token | undefined {
    const text = matchAt(NUMBER, this.#query, this.#at);
    if (text === undefined) {
      return undefined;
    }
    const value = readNumber(text);
    return typeof value === 'string'
      ? this.#bad(text.length, value)
      : { kind: 'number', value, at: this.#span(text.length) };
  }

  #field(): Token | undefined {
    const read = readField(this.#query, this.#at);
    if (read === undefined) {
      return undefined;
    }
    if ('problem' in read) {
      return this.#bad(read.length, invalidQuery(this.#at + read.offset, read.problem));
    }
    const at = this.#span(read.length);
    return { kind: 'field', field: { ...read.field, at }, at };
  }

  #string(unquote: (query: string, start: number) => Unquoted): Token {
    try {
      const { value, end } = unquote(this.#query, this.#at);
      return { kind: 'string', value, at: this.#span(end - this.#at) };
    } catch (error) {
      // Nothing behind an open quote can be told apart.
      return this.#bad(this.#query.length - this.#at, error as AegisError);
    }
  }

  #symbol(): Token {
    const symbol = this.#text('symbol', SYMBOL);
    if (symbol !== undefined) {
      return symbol;
    }
    const char = String.fromCodePoint(this.#query.codePointAt(this.#at) ?? 0);
    return this.#bad(
      char.length,
      char === "'"
        ? 'texts stand in double quotes or backticks, not in single quotes'
        : `${shorten(char)} has no meaning here`,
    );
  }
}

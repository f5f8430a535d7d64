import type { AegisError } from '@aegisguard/model';
import type { Field, NumericValue, TextSpan } from '../ast/field-expression.ts';

/** One word of a query. `at` are UTF-16 offsets. */
export type Token = { readonly at: TextSpan } & (
  | {
      /** `symbol`: an operator, a bracket, a comma. `word`: a name without a scope: a keyword, an intrinsic, a function. */
      readonly kind: 'symbol' | 'word' | 'comment';
      readonly text: string;
    }
  | {
      readonly kind: 'string';
      /** Without its quotes. */
      readonly value: string;
    }
  | { readonly kind: 'number'; readonly value: NumericValue }
  /** An attribute, or an intrinsic with its scope. */
  | { readonly kind: 'field'; readonly field: Field }
  /** What has no meaning; whoever needs the token throws the error. */
  | { readonly kind: 'bad'; readonly error: AegisError }
  | { readonly kind: 'end' }
);

const QUOTE_LENGTH_MAX = 40;

/** A text in quotes, cut when it is long. */
export function shorten(text: string): string {
  return JSON.stringify(text.length > QUOTE_LENGTH_MAX ? `${text.slice(0, QUOTE_LENGTH_MAX)}…` : text).toWellFormed();
}

/** A token as error messages name it. */
export function describeToken(token: Token, query: string): string {
  switch (token.kind) {
    case 'end':
      return 'the end of the query';
    case 'symbol':
      return token.text;
    case 'word':
      return shorten(token.text);
    case 'string':
      return `the text ${shorten(token.value)}`;
    default:
      return shorten(query.slice(token.at.from, token.at.to));
  }
}

import type { Field } from '../ast/field-expression.ts';
import { findIntrinsic } from '../intrinsics.ts';
import { shorten } from '../lex/token.ts';
import type { TokenReader } from './token-reader.ts';

/** Takes the field that comes next; undefined when something else comes. */
export function takeField(tokens: TokenReader): Field | undefined {
  const token = tokens.peek();
  const short = token.kind === 'word' ? findIntrinsic(token.text) : undefined;
  const field: Field | undefined =
    token.kind === 'field'
      ? token.field
      : short && { kind: 'intrinsic', name: short.name, isParent: false, at: token.at };
  if (field !== undefined) {
    tokens.take();
    tokens.countPart();
  }
  return field;
}

/** What to say of a word that is no field: attributes need a scope. */
export function fieldWanted(tokens: TokenReader): string {
  const { word } = tokens;
  if (word === undefined) {
    return 'a field such as span.http.url, resource.service.name or name';
  }
  const next = tokens.peek(1);
  const rest = next.kind === 'field' && next.field.kind === 'attribute' ? `.${next.field.name}` : '';
  const name = shorten(word + rest).slice(1, -1);
  return `a field: attributes begin with their scope or a dot, such as span.${name}, resource.${name} or .${name}`;
}

/** Parses a field that must come now. */
export function parseField(tokens: TokenReader): Field {
  return takeField(tokens) ?? tokens.fail(fieldWanted(tokens));
}

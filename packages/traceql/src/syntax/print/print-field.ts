import type { AttributeField, Field } from '../ast/field-expression.ts';
import { findIntrinsic, intrinsicOf } from '../intrinsics.ts';
import { ATTRIBUTE_SCOPES } from '../lex/read-field.ts';

/** Names that need no quotes. The parser accepts more, and these are all that people expect to work. */
const PLAIN = /^[\p{L}\p{N}_$@][\p{L}\p{N}_$@:./\-[\]*]*$/u;
const STARTS_WITH_DIGIT = /^\d/;

function needsQuotes({ scope, isParent, name }: Omit<AttributeField, 'at'>): boolean {
  if (!PLAIN.test(name)) {
    return true;
  }
  if (scope !== 'any') {
    return false;
  }
  // `.3` would be a number, `parent.span.x` have a scope, and `parent.duration` be an intrinsic.
  return isParent
    ? ATTRIBUTE_SCOPES.some((one) => name.startsWith(`${one}.`)) || findIntrinsic(name) !== undefined
    : STARTS_WITH_DIGIT.test(name);
}

/** What is written of a field: all but where it stood. */
type FieldWords = Field extends infer Each ? (Each extends Field ? Omit<Each, 'at'> : never) : never;

/** A field as the parser reads it, and as series are labelled: `span.http.url`, `duration`, `span."two words"`. */
export function printField(field: FieldWords): string {
  const parent = field.isParent ? 'parent' : '';
  if (field.kind === 'intrinsic') {
    const { short, scoped } = intrinsicOf(field.name);
    return field.isParent ? `${parent}.${short}` : (short ?? scoped ?? '');
  }
  const name = needsQuotes(field) ? `"${field.name.replace(/["\\]/g, '\\$&')}"` : field.name;
  const scope = field.scope === 'any' ? '' : field.isParent ? `.${field.scope}` : field.scope;
  return `${parent}${scope}.${name}`;
}

/** Fields with commas between them. */
export function printFields(fields: readonly Field[]): string {
  return fields.map(printField).join(', ');
}

// https://grafana.com/docs/tempo/latest/traceql/construct-traceql-queries/#attribute-fields and #quoted-attribute-names
import type { SpanAttributeScope } from '@aegisguard/model';
import type { AttributeField, IntrinsicField } from '../ast/field-expression.ts';
import { findIntrinsic } from '../intrinsics.ts';
import { shorten } from './token.ts';

/** Scopes of attributes as queries write them. */
export const ATTRIBUTE_SCOPES = ['span', 'resource', 'event', 'link', 'instrumentation'] as const;

const SCOPED_INTRINSIC = /(?:span|trace|event|link|instrumentation|resource|parent):[A-Za-z0-9_]*/y;
/** What may stand before the name of an attribute; `parent.` before another scope. */
const SCOPE = /(?:(parent)\.)?(?:(span|resource|event|link|instrumentation)\.)|(parent)?\./y;
/** A piece of a name: characters that end nothing, or anything in double quotes. */
const PLAIN = /[^\s{}()=~!<>&|^,"]+/y;
const QUOTED = /"((?:[^"\\]|\\["\\])*)"/y;
const NAME_LENGTH_MAX = 4096;

/** A field and how long it is in the query, or what is wrong with it, and where. */
type ReadField =
  | { readonly field: Omit<AttributeField, 'at'> | Omit<IntrinsicField, 'at'>; readonly length: number }
  | { readonly problem: string; readonly offset: number; readonly length: number };

function matchAt(pattern: RegExp, query: string, at: number): RegExpExecArray | null {
  pattern.lastIndex = at;
  return pattern.exec(query);
}

function readIntrinsic(text: string): ReadField {
  const found = findIntrinsic(text);
  const { length } = text;
  return found === undefined
    ? { problem: `there is no intrinsic ${shorten(text)}`, offset: 0, length }
    : { field: { kind: 'intrinsic', name: found.name, isParent: false }, length };
}

/** The name that begins at a place, and where it ends. Quoted pieces may stand at the beginning and behind dots. */
function readName(
  query: string,
  start: number,
): { readonly name: string; readonly end: number; readonly isQuoted: boolean } {
  let name = '';
  let at = start;
  let isQuoted = false;
  for (;;) {
    const quoted = name === '' || name.endsWith('.') ? matchAt(QUOTED, query, at) : null;
    const plain = quoted === null ? matchAt(PLAIN, query, at)?.[0] : undefined;
    if (quoted === null && plain === undefined) {
      return { name, end: at, isQuoted };
    }
    isQuoted ||= quoted !== null;
    name += quoted === null ? plain : (quoted[1] ?? '').replace(/\\(.)/gs, '$1');
    at += (quoted?.[0] ?? plain ?? '').length;
  }
}

/** Reads a field with a scope, or with a dot before it, that begins at a place; undefined when something else does. */
export function readField(query: string, start: number): ReadField | undefined {
  const intrinsic = matchAt(SCOPED_INTRINSIC, query, start)?.[0];
  if (intrinsic !== undefined) {
    return readIntrinsic(intrinsic);
  }
  const scope = matchAt(SCOPE, query, start);
  if (scope === null) {
    return undefined;
  }
  const [before, parentOfScope, scopeName, parentAlone] = scope;
  const { name, end, isQuoted } = readName(query, start + before.length);
  const length = end - start;
  if (name === '' || name.length > NAME_LENGTH_MAX) {
    const problem =
      name === ''
        ? `the name of an attribute is missing behind ${shorten(before)}`
        : 'this name of an attribute is too long';
    return { problem, offset: before.length, length };
  }
  const isParent = parentOfScope !== undefined || parentAlone !== undefined;
  const ofParent = parentAlone !== undefined && !isQuoted ? findIntrinsic(name) : undefined;
  if (ofParent?.ofParent === true && ofParent.short === name) {
    return { field: { kind: 'intrinsic', name: ofParent.name, isParent }, length };
  }
  const attributeScope = (scopeName ?? 'any') as SpanAttributeScope;
  return { field: { kind: 'attribute', scope: attributeScope, isParent, name: name.toWellFormed() }, length };
}

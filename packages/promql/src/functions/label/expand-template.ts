// As Go's regexp.Expand: https://pkg.go.dev/regexp#Regexp.Expand

import { checkValueLength } from './made-label.ts';

/** `$$`, `$name` with the longest name possible, or `${name}`. */
const REFERENCE = /\$(?:(\$)|\{([\p{L}\p{Nd}_]+)\}|([\p{L}\p{Nd}_]+))/gu;
/** A group's number; with a leading zero it is a name. */
const NUMBER = /^(?:0|[1-9]\d{0,8})$/;

/** What the groups of a match captured. */
export interface Captured {
  readonly byNumber: readonly (string | null)[];
  readonly byName: ReadonlyMap<string, string | null>;
}

/** The template with its references to groups replaced by what they captured: nothing where there is no such group. A `$` that begins no reference is itself. Throws `query-too-large` before it is too long. */
export function expandTemplate(template: string, { byNumber, byName }: Captured): string {
  let { length } = template;
  return template.replace(REFERENCE, (whole: string, dollar?: string, braced?: string, bare?: string) => {
    const name = braced ?? bare ?? '';
    const text = dollar ?? (NUMBER.test(name) ? byNumber[Number(name)] : byName.get(name)) ?? '';
    length += text.length - whole.length;
    checkValueLength(length);
    return text;
  });
}

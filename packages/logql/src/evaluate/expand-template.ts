// As Go's regexp.Expand: https://pkg.go.dev/regexp#Regexp.Expand
import { evaluationError } from './evaluation-error.ts';

/** `$$`, `$name` with the longest name possible, or `${name}`. */
const REFERENCE = /\$(?:(\$)|\{([\p{L}\p{Nd}_]+)\}|([\p{L}\p{Nd}_]+))/gu;
/** A group's number; with a leading zero it is a name. */
const NUMBER = /^(?:0|[1-9]\d{0,8})$/;
/** Characters of a label's value. */
const LENGTH_MAX = 65_536;

/** What the groups of a match captured. */
export interface Captured {
  readonly byNumber: readonly (string | null)[];
  readonly byName: ReadonlyMap<string, string | null>;
}

/** The template with its references to groups replaced by what they captured: nothing where there is no such group. A `$` that begins no reference is itself. */
export function expandTemplate(template: string, { byNumber, byName }: Captured): string {
  let { length } = template;
  return template.replace(REFERENCE, (whole: string, dollar?: string, braced?: string, bare?: string) => {
    const name = braced ?? bare ?? '';
    const text = dollar ?? (NUMBER.test(name) ? byNumber[Number(name)] : byName.get(name)) ?? '';
    length += text.length - whole.length;
    if (length > LENGTH_MAX) {
      throw evaluationError(`label_replace makes a value of more than ${LENGTH_MAX} characters`);
    }
    return text;
  });
}

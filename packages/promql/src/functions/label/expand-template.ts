// As Go's regexp.Expand: https://pkg.go.dev/regexp#Regexp.Expand

/** `$$`, `$name` with the longest name possible, or `${name}`. */
const REFERENCE = /\$(?:(\$)|\{([\p{L}\p{Nd}_]+)\}|([\p{L}\p{Nd}_]+))/gu;
/** A group's number; with a leading zero it is a name. */
const NUMBER = /^(?:0|[1-9]\d{0,8})$/;

/** What the groups of a match captured. */
export interface Captured {
  readonly byNumber: readonly (string | null)[];
  readonly byName: ReadonlyMap<string, string | null>;
}

/** The template with its references to groups replaced by what they captured: nothing where there is no such group. A `$` that begins no reference is itself. */
export function expandTemplate(template: string, { byNumber, byName }: Captured): string {
  return template.replace(REFERENCE, (_whole, dollar?: string, braced?: string, bare?: string) => {
    const name = braced ?? bare ?? '';
    return dollar ?? (NUMBER.test(name) ? byNumber[Number(name)] : byName.get(name)) ?? '';
  });
}

// Quoted values: JSON's strings (RFC 8259 §7) with `\'` besides; half a pair of escapes stands for a broken character.

const SIMPLE: ReadonlyMap<string, string> = new Map([
  ['"', '"'],
  ["'", "'"],
  ['\\', '\\'],
  ['/', '/'],
  ['b', '\b'],
  ['f', '\f'],
  ['n', '\n'],
  ['r', '\r'],
  ['t', '\t'],
]);
const ESCAPE = /\\(?:u([0-9a-fA-F]{4})|(.?))/gsu;
const CONTROL = /[^ -\u{10ffff}]/u;

/** The text between quotes that has escapes; undefined when one is none, or when it has control characters. */
export function unquoteLogfmt(raw: string): string | undefined {
  if (CONTROL.test(raw)) {
    return;
  }
  let isValid = true;
  const text = raw.replace(ESCAPE, (_, hex: string | undefined, letter: string | undefined) => {
    const piece = hex === undefined ? SIMPLE.get(letter ?? '') : String.fromCharCode(Number.parseInt(hex, 16));
    isValid &&= piece !== undefined;
    return piece ?? '';
  });
  return isValid ? text.toWellFormed() : undefined;
}

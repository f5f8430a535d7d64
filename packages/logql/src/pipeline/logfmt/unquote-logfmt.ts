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

/** The text between quotes that has escapes; undefined when one is none. Control characters may stand as they are. */
export function unquoteLogfmt(raw: string): string | undefined {
  let isValid = true;
  const text = raw.replace(ESCAPE, (_, hex: string | undefined, letter: string | undefined) => {
    const piece = hex === undefined ? SIMPLE.get(letter ?? '') : String.fromCharCode(Number.parseInt(hex, 16));
    isValid &&= piece !== undefined;
    return piece ?? '';
  });
  return isValid ? text.toWellFormed() : undefined;
}

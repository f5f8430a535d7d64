// Quoted texts and characters as Go's strconv and fmt write them: https://pkg.go.dev/strconv#Quote

const SIMPLE: ReadonlyMap<string, string> = new Map([
  ['\u0007', '\\a'],
  ['\b', '\\b'],
  ['\f', '\\f'],
  ['\n', '\\n'],
  ['\r', '\\r'],
  ['\t', '\\t'],
  ['\v', '\\v'],
  ['\\', '\\\\'],
]);
/** What Go calls printable: letters, marks, numbers, punctuation, symbols, and the ASCII space alone of the spaces. */
const PRINTABLE = /^[\p{L}\p{M}\p{N}\p{P}\p{S} ]$/u;
const PLAIN_TEXT = /^[ !#-[\]-~]*$/;
const BYTE_END = 0x80;
const BMP_END = 0x1_00_00;

export function isPrintable(character: string): boolean {
  return PRINTABLE.test(character);
}

function hex(code: number, digits: number): string {
  return code.toString(16).padStart(digits, '0');
}

function escapeCharacter(character: string, quoteMark: string, isAscii: boolean): string {
  if (character === quoteMark) {
    return `\\${character}`;
  }
  const simple = SIMPLE.get(character);
  if (simple !== undefined) {
    return simple;
  }
  const code = character.codePointAt(0) ?? 0;
  if (isPrintable(character) && !(isAscii && code >= BYTE_END)) {
    return character;
  }
  if (code < BYTE_END && (code < 0x20 || code === 0x7f)) {
    return `\\x${hex(code, 2)}`;
  }
  return code < BMP_END ? `\\u${hex(code, 4)}` : `\\U${hex(code, 8)}`;
}

function quoteWith(text: string, quoteMark: string, isAscii: boolean): string {
  let quoted = quoteMark;
  for (const character of text.toWellFormed()) {
    quoted += escapeCharacter(character, quoteMark, isAscii);
  }
  return quoted + quoteMark;
}

/** `%q` of a text. */
export function quote(text: string): string {
  return PLAIN_TEXT.test(text) ? `"${text}"` : quoteWith(text, '"', false);
}

/** `%+q` of a text: nothing but ASCII. */
export function quoteToAscii(text: string): string {
  return quoteWith(text, '"', true);
}

/** `%q` of a character. */
export function quoteRune(character: string, isAscii: boolean): string {
  return quoteWith(character, "'", isAscii);
}

/** `%U` of a character, and with `%#U`, itself. */
export function describeRune(character: string): string {
  const code = `U+${hex(character.codePointAt(0) ?? 0, 4).toUpperCase()}`;
  return isPrintable(character) ? `${code} '${character}'` : code;
}

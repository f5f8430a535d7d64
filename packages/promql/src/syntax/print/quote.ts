// Texts as Go's %q writes them: https://pkg.go.dev/strconv#Quote
const ESCAPES: Readonly<Record<string, string>> = {
  '\u0007': '\\a',
  '\b': '\\b',
  '\f': '\\f',
  '\n': '\\n',
  '\r': '\\r',
  '\t': '\\t',
  '\v': '\\v',
  '\\': '\\\\',
  '"': '\\"',
};
/** What is written with an escape: everything but letters, marks, numbers, punctuation, symbols and the ASCII blank. */
const ESCAPED = /[\\"]|[^\p{L}\p{M}\p{N}\p{P}\p{S} ]/gu;
const BYTE_MAX = 0x7f;
const SHORT_MAX = 0xffff;

function escapeCharacter(character: string): string {
  const known = ESCAPES[character];
  if (known !== undefined) {
    return known;
  }
  const code = character.codePointAt(0) ?? 0;
  const hex = code.toString(16);
  if (code <= BYTE_MAX) {
    return `\\x${hex.padStart(2, '0')}`;
  }
  return code <= SHORT_MAX ? `\\u${hex.padStart(4, '0')}` : `\\U${hex.padStart(8, '0')}`;
}

/** A text in double quotes. A half of a surrogate pair becomes U+FFFD, as everywhere. */
export function quote(text: string): string {
  return `"${text.toWellFormed().replace(ESCAPED, escapeCharacter)}"`;
}

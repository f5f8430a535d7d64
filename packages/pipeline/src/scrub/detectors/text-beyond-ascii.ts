// https://www.unicode.org/reports/tr44/#General_Category_Values
const NO_TEXT = /[\p{Z}\p{P}\p{S}\u200b\u2060\ufeff]/u;
/** The planes that have blanks, marks and symbols; those beyond are ideographs. */
const KNOWN_MAX = 0x1ffff;
const UNKNOWN = 0;
const TEXT = 1;
const OTHER = 2;
/** An expression for each character of a long text would cost too much; the answers are kept. */
const known = new Uint8Array(KNOWN_MAX + 1);

/** Whether the character of which a UTF-16 code outside of ASCII is the whole or the half is part of a word: not a blank, a mark of punctuation or a symbol (`：`, `“`, `→`, an emoji). */
export function isTextBeyondAscii(text: string, at: number): boolean {
  const code = text.charCodeAt(at);
  const isSecondHalf = code >= 0xdc00 && code <= 0xdfff && at > 0;
  const character = text.codePointAt(isSecondHalf ? at - 1 : at) ?? 0;
  const point = isSecondHalf && character <= 0xffff ? code : character;
  if (point > KNOWN_MAX) {
    return true;
  }
  if (known[point] === UNKNOWN) {
    known[point] = NO_TEXT.test(String.fromCodePoint(point)) ? OTHER : TEXT;
  }
  return known[point] === TEXT;
}

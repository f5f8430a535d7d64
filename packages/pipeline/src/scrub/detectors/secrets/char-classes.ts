/** Says of a character code whether it is in a class; none outside of ASCII is. */
export type CharClass = (code: number) => boolean;

/** Codes below this are ASCII. */
const ASCII = 128;

/** The class of these characters. */
export function charClass(characters: string): CharClass {
  const table = new Uint8Array(ASCII);
  for (const character of characters) {
    table[character.charCodeAt(0)] = 1;
  }
  return (code) => code < ASCII && table[code] === 1;
}

const DIGITS = '0123456789';
const LETTERS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';

export const isDigit = charClass(DIGITS);
export const isAlphanumeric = charClass(LETTERS + DIGITS);
/** As in base64url: what `TextFeature.longRun` counts. */
export const isRunChar = charClass(`${LETTERS}${DIGITS}_-`);
/** What vendors' tokens are written with, their separators among it. */
export const isTokenChar = charClass(`${LETTERS}${DIGITS}_-+/=.~`);
/** What names of fields are written with. */
export const isNameChar = charClass(`${LETTERS}${DIGITS}_-.`);
export const isBlank = charClass(' \t');
export const isQuote = charClass('"\'`');

/** First position at or after `from`, at most `end`, whose character is not in the class. */
export function skipClass(text: string, from: number, end: number, isIn: CharClass): number {
  let at = from;
  while (at < end && isIn(text.charCodeAt(at))) {
    at += 1;
  }
  return at;
}

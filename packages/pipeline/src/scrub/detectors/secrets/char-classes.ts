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
/** What names of fields are written with. */
export const isNameChar = charClass(`${LETTERS}${DIGITS}_-.`);
export const isBlank = charClass(' \t');
export const isQuote = charClass('"\'`');

const ALPHANUMERIC = 1;
const RUN = 2;
const TOKEN = 4;
/** Bits by code for the classes that are asked for at each character of long tokens: functions of their own, which the engine inlines as it does not inline closures. */
const BITS = new Uint8Array(ASCII);
function addBit(bit: number, characters: string): void {
  for (const character of characters) {
    const code = character.charCodeAt(0);
    BITS[code] = (BITS[code] ?? 0) | bit;
  }
}
addBit(ALPHANUMERIC | RUN | TOKEN, LETTERS + DIGITS);
addBit(RUN | TOKEN, '_-');
addBit(TOKEN, '+/=.~');

export function isAlphanumeric(code: number): boolean {
  return code < ASCII && ((BITS[code] as number) & ALPHANUMERIC) !== 0;
}

/** As in base64url: what `TextFeature.longRun` counts. */
export function isRunChar(code: number): boolean {
  return code < ASCII && ((BITS[code] as number) & RUN) !== 0;
}

/** What vendors' tokens are written with, their separators among it. */
export function isTokenChar(code: number): boolean {
  return code < ASCII && ((BITS[code] as number) & TOKEN) !== 0;
}

/** First position at or after `from`, at most `end`, whose character is not in the class. */
export function skipClass(text: string, from: number, end: number, isIn: CharClass): number {
  let at = from;
  while (at < end && isIn(text.charCodeAt(at))) {
    at += 1;
  }
  return at;
}

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

const CLASS = { digit: 1, alphanumeric: 2, run: 4, token: 8, name: 16, blank: 32, quote: 64 } as const;
const MEMBERS: readonly (readonly [bit: number, characters: string])[] = [
  [CLASS.digit, DIGITS],
  [CLASS.alphanumeric, LETTERS + DIGITS],
  [CLASS.run, `${LETTERS}${DIGITS}_-`],
  [CLASS.token, `${LETTERS}${DIGITS}_-+/=.~`],
  [CLASS.name, `${LETTERS}${DIGITS}_-.`],
  [CLASS.blank, ' \t'],
  [CLASS.quote, '"\'`'],
];
/** Bits by code: one table and functions of their own, which the engine inlines as it does not inline closures. */
const BITS = new Uint8Array(ASCII);
for (const [bit, characters] of MEMBERS) {
  for (const character of characters) {
    BITS[character.charCodeAt(0)] = (BITS[character.charCodeAt(0)] ?? 0) | bit;
  }
}

function hasBit(code: number, bit: number): boolean {
  return code < ASCII && ((BITS[code] as number) & bit) !== 0;
}

export function isDigit(code: number): boolean {
  return hasBit(code, CLASS.digit);
}

export function isAlphanumeric(code: number): boolean {
  return hasBit(code, CLASS.alphanumeric);
}

/** As in base64url: what `TextFeature.longRun` counts. */
export function isRunChar(code: number): boolean {
  return hasBit(code, CLASS.run);
}

/** What vendors' tokens are written with, their separators among it. */
export function isTokenChar(code: number): boolean {
  return hasBit(code, CLASS.token);
}

/** What names of fields are written with. */
export function isNameChar(code: number): boolean {
  return hasBit(code, CLASS.name);
}

export function isBlank(code: number): boolean {
  return hasBit(code, CLASS.blank);
}

export function isQuote(code: number): boolean {
  return hasBit(code, CLASS.quote);
}

/** First position at or after `from`, at most `end`, whose character is not in the class. */
export function skipClass(text: string, from: number, end: number, isIn: CharClass): number {
  let at = from;
  while (at < end && isIn(text.charCodeAt(at))) {
    at += 1;
  }
  return at;
}

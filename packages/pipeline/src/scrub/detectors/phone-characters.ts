// The characters of telephone numbers in texts, URLs and JSON.

/** What stands between two groups, as bits. */
export const Separator = { blank: 1, dash: 2, dot: 4, slash: 8, open: 16, close: 32 } as const;

const ESCAPED_SEPARATORS: ReadonlyMap<string, number> = new Map([
  ['20', Separator.blank],
  ['28', Separator.open],
  ['29', Separator.close],
  ['2D', Separator.dash],
  ['2E', Separator.dot],
  ['2F', Separator.slash],
]);

export function isDigit(code: number): boolean {
  return code >= 48 && code <= 57;
}

/** A letter of ASCII, a digit or an underscore. */
export function isWordCharacter(code: number): boolean {
  return isDigit(code) || isLetter(code) || code === 95;
}

/** A letter of ASCII. */
export function isLetter(code: number): boolean {
  return (code >= 97 && code <= 122) || (code >= 65 && code <= 90);
}

function isHex(code: number): boolean {
  return isDigit(code) || (code >= 97 && code <= 102) || (code >= 65 && code <= 70);
}

/** Whether a percent-encoded byte begins here. */
export function isEscape(text: string, at: number): boolean {
  return text.charCodeAt(at) === 37 && isHex(text.charCodeAt(at + 1)) && isHex(text.charCodeAt(at + 2));
}

/** Behind the run of digits. */
export function endOfDigits(text: string, from: number): number {
  let at = from;
  while (isDigit(text.charCodeAt(at))) at += 1;
  return at;
}

/** How long the escape of a separator is; `%C2%A0` is the no-break space. */
export function escapeLength(text: string, at: number): number {
  return text.charCodeAt(at + 1) === 67 || text.charCodeAt(at + 1) === 99 ? 6 : 3;
}

/** The bit of what stands here, 0 when it is no separator. */
export function separatorOf(text: string, at: number, code: number): number {
  if (code > 47 && code < 128) return 0;
  switch (code) {
    case 32:
    // A plus is a blank in the query of a URL.
    case 43:
    case 0xa0:
    case 0x2007:
    case 0x2009:
    case 0x202f:
      return Separator.blank;
    case 45:
    case 0x2212:
      return Separator.dash;
    case 46:
      return Separator.dot;
    case 47:
      return Separator.slash;
    case 40:
      return Separator.open;
    case 41:
      return Separator.close;
    case 37:
      return escapedSeparator(text, at);
    default:
      return code >= 0x2010 && code <= 0x2015 ? Separator.dash : 0;
  }
}

function escapedSeparator(text: string, at: number): number {
  const byte = text.slice(at + 1, at + 3).toUpperCase();
  if (byte === 'C2') return text.slice(at + 3, at + 6).toUpperCase() === '%A0' ? Separator.blank : 0;
  return ESCAPED_SEPARATORS.get(byte) ?? 0;
}

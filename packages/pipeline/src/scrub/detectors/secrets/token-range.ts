import { charClass, isDigit, skipClass } from './char-classes.ts';
import type { ValueRange } from './value-range.ts';

/** No vendor's key that is known by its name alone is longer. */
const TOKEN_CHARS_MAX = 140;
/** Among as many characters, letters and digits at random, a digit is missing once in a thousand. */
const FIRST_DIGIT_CHARS_MAX = 40;
/** Fewer cannot have the entropy that is asked for, and no vendor's key is shorter. */
const TOKEN_CHARS_MIN = 12;
/** As many signs among the first characters are of a list of names and values, too. */
const FIRST_SIGNS_MAX = 2;
/** Where `=`, `:` and `%` are denser than one in a dozen, behind two dozen characters, it is a list of names and values. */
const CHARS_PER_SIGN = 12;
const FIRST_CHARS = 24;
const GAP_CHARS_MAX = 8;
const isGap = charClass(' \t\r\n"\'`=\\[');
const isSign = charClass('=:%');
const isRunOrSeparator = charClass('ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz_-+/.~');

/** The run of characters of tokens behind an operator, if it has a digit and is neither too short nor longer than tokens are. */
export function tokenRangeAt(text: string, operatorEnd: number): ValueRange | undefined {
  const start = skipClass(text, operatorEnd, Math.min(text.length, operatorEnd + GAP_CHARS_MAX), isGap);
  const limit = Math.min(text.length, start + TOKEN_CHARS_MAX);
  let end = start;
  let digits = 0;
  let signs = 0;
  for (; end < limit; end += 1) {
    const code = text.charCodeAt(end);
    if (isDigit(code)) {
      digits += 1;
    } else if (isSign(code)) {
      signs += 1;
    } else if (!isRunOrSeparator(code)) {
      break;
    }
    if (signs * CHARS_PER_SIGN > end - start + FIRST_CHARS || (digits === 0 && end - start > FIRST_DIGIT_CHARS_MAX)) {
      return undefined;
    }
  }
  if (end === limit && limit < text.length) {
    return undefined;
  }
  while (end > start && (text[end - 1] === '.' || text[end - 1] === ':')) {
    end -= 1;
  }
  return digits > 0 && end - start >= TOKEN_CHARS_MIN
    ? { start, end, isQuoted: start > operatorEnd && /["'`]/.test(text[start - 1] ?? '') }
    : undefined;
}

/** Whether `tokenRangeAt` could find one: a look at as many characters as a token has at least. */
export function mayBeToken(text: string, operatorEnd: number): boolean {
  const start = skipClass(text, operatorEnd, Math.min(text.length, operatorEnd + GAP_CHARS_MAX), isGap);
  const end = start + TOKEN_CHARS_MIN;
  if (end > text.length) {
    return false;
  }
  let signs = 0;
  for (let at = end - 1; at >= start; at -= 1) {
    const code = text.charCodeAt(at);
    if (isSign(code)) {
      signs += 1;
    } else if (!(isRunOrSeparator(code) || isDigit(code))) {
      return false;
    }
  }
  return signs <= FIRST_SIGNS_MAX;
}

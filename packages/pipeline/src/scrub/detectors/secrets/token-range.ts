import { charClass, isDigit } from './char-classes.ts';
import type { ValueRange } from './value-range.ts';

/** No vendor's key that is known by its name alone is longer. */
const TOKEN_CHARS_MAX = 140;
/** Among as many characters, letters and digits at random, a digit is missing once in a thousand. */
const FIRST_DIGIT_CHARS_MAX = 40;
/** Fewer are no token. */
const TOKEN_CHARS_MIN = 10;
const GAP_CHARS_MAX = 8;
const isGap = charClass(' \t\r\n"\'`=\\[');
const isTokenChar = charClass('ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_-+/=.~:%');

/** The run of characters of tokens behind an operator, if it has a digit and is neither too short nor longer than tokens are. */
export function tokenRangeAt(text: string, operatorEnd: number): ValueRange | undefined {
  let start = operatorEnd;
  const gapEnd = Math.min(text.length, operatorEnd + GAP_CHARS_MAX);
  while (start < gapEnd && isGap(text.charCodeAt(start))) {
    start += 1;
  }
  const limit = Math.min(text.length, start + TOKEN_CHARS_MAX);
  let end = start;
  let digits = 0;
  while (end < limit && isTokenChar(text.charCodeAt(end))) {
    digits += isDigit(text.charCodeAt(end)) ? 1 : 0;
    end += 1;
    if (digits === 0 && end - start > FIRST_DIGIT_CHARS_MAX) {
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
  let start = operatorEnd;
  const gapEnd = Math.min(text.length, operatorEnd + GAP_CHARS_MAX);
  while (start < gapEnd && isGap(text.charCodeAt(start))) {
    start += 1;
  }
  const end = start + TOKEN_CHARS_MIN;
  if (end > text.length) {
    return false;
  }
  for (let at = end - 1; at >= start; at -= 1) {
    if (!isTokenChar(text.charCodeAt(at))) {
      return false;
    }
  }
  return true;
}

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
/** How far a run that is too long is walked ahead. */
const LOOK_AHEAD = 1024;
const isTokenOrSign = charClass('ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_-+/.~=:%');
const isRunOrSeparator = charClass('ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz_-+/.~');

/** A run of characters of tokens that is known to reach so far; one for each text, so that what is too long is not walked again from each of its signs. */
export class KnownRun {
  start = 0;
  end = 0;

  /** Notes a run that reaches at least from `start` to `end`, and as far behind as one look may go. */
  note(text: string, start: number, end: number): void {
    this.start = start;
    this.end = skipClass(text, end, Math.min(text.length, end + LOOK_AHEAD), isTokenOrSign);
  }

  /** Whether what begins at `start` is longer than a token. */
  isTooLongFrom(start: number): boolean {
    return start >= this.start && this.end - start > TOKEN_CHARS_MAX;
  }
}

/** The run of characters of tokens behind an operator, if it has a digit and is neither too short nor longer than tokens are. */
export function tokenRangeAt(text: string, operatorEnd: number, known: KnownRun): ValueRange | undefined {
  const start = skipClass(text, operatorEnd, Math.min(text.length, operatorEnd + GAP_CHARS_MAX), isGap);
  return known.isTooLongFrom(start) ? undefined : tokenRangeFrom(text, start, operatorEnd, known);
}

function tokenRangeFrom(text: string, start: number, operatorEnd: number, known: KnownRun): ValueRange | undefined {
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
      known.note(text, start, end);
      return undefined;
    }
  }
  if (end === limit && limit < text.length) {
    known.note(text, start, end);
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

import { isBlank, isNameChar, isQuote, skipClass } from './char-classes.ts';

/** Where a value lies, without its quotes. */
export interface ValueRange {
  readonly start: number;
  readonly end: number;
  readonly isQuoted: boolean;
}

const BACKSLASH = 92;
/** Between an operator and its value: blanks, the bracket of a list, backslashes of quotes in quotes. */
const GAP_CHARS_MAX = 24;

/** `\"` in JSON within JSON, `\\\"` one level deeper: the quote that closes has as many backslashes before it as the one that opened. */
function closingQuote(text: string, from: number, quote: string, backslashes: number): number {
  let at = text.indexOf(quote, from);
  while (at !== -1) {
    let before = at;
    while (before > from && text.charCodeAt(before - 1) === BACKSLASH) {
      before -= 1;
    }
    const count = at - before;
    // Within plain quotes an even count is of escaped backslashes; within escaped ones, fewer than opened means the outer text ends here.
    if (backslashes === 0 ? count % 2 === 0 : count <= backslashes) {
      return backslashes === 0 ? at : before;
    }
    at = text.indexOf(quote, at + 1);
  }
  return text.length;
}

/** Whether the comma at `at` separates: a blank, an end, or a further name with a value is behind it. */
function isSeparatingComma(text: string, at: number): boolean {
  const next = at + 1;
  if (next >= text.length || /[\s"'\\{[]/.test(text[next] ?? '')) {
    return true;
  }
  const nameEnd = skipClass(text, next, Math.min(text.length, next + 40), isNameChar);
  return nameEnd > next && (text[nameEnd] === '=' || text[nameEnd] === ':');
}

/** End of a value without quotes: at white space, `&` of queries, `;` of connection strings, quotes, tags, a separating comma, an escaped line end. Closing brackets at its end are not of it. */
function unquotedEnd(text: string, start: number, isEncoded: boolean): number {
  let at = start;
  for (; at < text.length; at += 1) {
    const code = text.charCodeAt(at);
    if (code <= 32 || ENDS[code] === 1) {
      break;
    }
    if (code === BACKSLASH && /[nrt"'\\]/.test(text[at + 1] ?? '')) {
      break;
    }
    if (code === 44 && isSeparatingComma(text, at)) {
      break;
    }
    if (isEncoded && code === 37 && text.startsWith('26', at + 1)) {
      break;
    }
  }
  while (at > start && TRAILING[text.charCodeAt(at - 1)] === 1) {
    at -= 1;
  }
  return at;
}

function tableOf(characters: string): Uint8Array {
  const table = new Uint8Array(65_536);
  for (const character of characters) {
    table[character.charCodeAt(0)] = 1;
  }
  return table;
}
const ENDS = tableOf('&;"\'`<>\u00a0\u2028\u2029');
const TRAILING = tableOf(')]},.:');

/** The value that begins behind an operator: undefined when nothing, or a structure, is there. `isEncoded`: within a percent-encoded query. */
export function valueRangeAt(text: string, operatorEnd: number, isEncoded = false): ValueRange | undefined {
  const limit = Math.min(text.length, operatorEnd + GAP_CHARS_MAX);
  let at = skipClass(text, operatorEnd, limit, isBlank);
  if (text[at] === '[' && /["'`\\]/.test(text[at + 1] ?? '')) {
    at += 1;
  }
  const gapEnd = at;
  while (at < limit && text.charCodeAt(at) === BACKSLASH) {
    at += 1;
  }
  if (at < text.length && isQuote(text.charCodeAt(at))) {
    const start = at + 1;
    const end = closingQuote(text, start, text[at] ?? '"', at - gapEnd);
    return end > start ? { start, end, isQuoted: true } : undefined;
  }
  const end = unquotedEnd(text, gapEnd, isEncoded);
  return end > gapEnd ? { start: gapEnd, end, isQuoted: false } : undefined;
}

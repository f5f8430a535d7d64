// https://www.rfc-editor.org/rfc/rfc8259
import type { JsonValue } from '@aegisguard/model';

/** A longer text is not parsed: it would take more than a millisecond. UTF-16 units. */
const PARSED_LENGTH_MAX = 64 * 1024;
/** Names are looked for so far back from their colon. UTF-16 units. */
const NAME_LENGTH_MAX = 128;
/** So many digits in a row may be beyond what a double holds. */
const LONG_INTEGER = /\d{16}/;

const BLANK_MAX = 32;
const QUOTE = 34;
const COLON = ':';
const BACKSLASH = 92;

/** Whether a text begins as an object or an array does. Most texts are told by their first character. */
export function looksLikeJson(text: string): boolean {
  let at = 0;
  while (text.charCodeAt(at) <= BLANK_MAX) {
    at += 1;
  }
  const first = text.charCodeAt(at);
  return first === 123 || first === 91;
}

/** The name that ends before a colon, with its quotes escaped or not; undefined when there is none. */
function nameBefore(text: string, colon: number): string | undefined {
  let end = colon - 1;
  while (end >= 0 && text.charCodeAt(end) <= BLANK_MAX && colon - end < NAME_LENGTH_MAX) {
    end -= 1;
  }
  if (text.charCodeAt(end) !== QUOTE) {
    return undefined;
  }
  while (text.charCodeAt(end - 1) === BACKSLASH) {
    end -= 1;
  }
  const least = Math.max(0, end - NAME_LENGTH_MAX);
  for (let start = end - 1; start >= least; start -= 1) {
    if (text.charCodeAt(start) === QUOTE) {
      return text.slice(start + 1, end);
    }
  }
  return undefined;
}

/** The cheap proof that a text's members say no more than the text: without escapes, and without a name that `isTelling`. Linear: each colon is looked back from for a bounded way. */
function saysNoMore(text: string, isTelling: (name: string) => boolean): boolean {
  if (text.includes('\\u')) {
    return false;
  }
  for (let colon = text.indexOf(COLON); colon >= 0; colon = text.indexOf(COLON, colon + 1)) {
    const name = nameBefore(text, colon);
    if (name !== undefined && isTelling(name)) {
      return false;
    }
  }
  return true;
}

/** Gives the digits of an integer that a double cannot hold, as text. */
function keepDigits(_key: string, value: unknown, ...[context]: readonly { readonly source?: string }[]): unknown {
  const digits = context?.source ?? '';
  return typeof value === 'number' && !Number.isSafeInteger(value) && /^-?\d+$/.test(digits) ? digits : value;
}

/** The value of a JSON text that must be looked into: undefined for all that is none, is too long, or has no member that `isTelling`. Throws a `RangeError` for what is nested too deep. */
export function parseTellingJson(text: string, isTelling: (name: string) => boolean): JsonValue | undefined {
  if (text.length > PARSED_LENGTH_MAX || saysNoMore(text, isTelling)) {
    return undefined;
  }
  try {
    return JSON.parse(text, LONG_INTEGER.test(text) ? keepDigits : undefined) as JsonValue;
  } catch (error) {
    if (error instanceof SyntaxError) {
      return undefined;
    }
    throw error;
  }
}

// https://www.rfc-editor.org/rfc/rfc3986#section-2.1 (percent-encoding), https://www.rfc-editor.org/rfc/rfc8259#section-7 (JSON)

/** A text with its escapes decoded, and the way back. */
export interface EscapeView {
  readonly text: string;
  /** Where a decoded offset lies in the original: `starts[i]` for each UTF-16 code, and one more for the end. */
  readonly starts: Uint32Array;
}

const ESCAPED_BY_LETTER: Readonly<Record<string, string>> = { n: '\n', r: '\r', t: '\t' };
const BACKSLASH = 92;
const PERCENT = 37;
/** How often `%` may be encoded again: `%252540`. */
const NESTED_PERCENTS_MAX = 3;

/**
 * The text as the one who wrote it had it: `%40` is `@`, `\n` (the two characters) a line's end, `\u003c` `<`, so that detectors need not know of URLs and of JSON in strings, and what begins behind an escape begins at a boundary.
 * `\"` stays: in quoted local parts it is part of the value. Undefined when there is no escape.
 */
export function decodeEscapes(text: string): EscapeView | undefined {
  let decoded = '';
  let starts: Uint32Array | undefined;
  let kept = 0;
  let at = 0;
  const keepUpTo = (end: number): void => {
    starts ??= new Uint32Array(text.length + 1);
    for (let from = kept, to = decoded.length; from < end; from += 1, to += 1) {
      starts[to] = from;
    }
    decoded += text.slice(kept, end);
  };
  while (at < text.length) {
    const code = text.charCodeAt(at);
    if (code !== PERCENT && code !== BACKSLASH) {
      at += 1;
      continue;
    }
    const found = code === PERCENT ? percentEscape(text, at) : backslashEscape(text, at);
    if (found.character !== '') {
      keepUpTo(at);
      markStarts(starts, decoded.length, found.character.length, at);
      decoded += found.character;
      kept = found.end;
    }
    at = found.end;
  }
  if (starts === undefined) {
    return undefined;
  }
  keepUpTo(text.length);
  starts[decoded.length] = text.length;
  return { text: decoded, starts };
}

function markStarts(starts: Uint32Array | undefined, from: number, count: number, at: number): void {
  for (let index = from; starts !== undefined && index < from + count; index += 1) {
    starts[index] = at;
  }
}

/** `character` is empty where there is no escape; `end` is where to go on. */
interface Escape {
  readonly character: string;
  readonly end: number;
}

function backslashEscape(text: string, start: number): Escape {
  let at = start;
  // JSON in JSON in JSON has as many backslashes as it likes.
  while (text.charCodeAt(at) === BACKSLASH) {
    at += 1;
  }
  const letter = text.charAt(at);
  const character = ESCAPED_BY_LETTER[letter];
  if (character !== undefined) {
    return { character, end: at + 1 };
  }
  const code = letter === 'u' ? hexOf(text, at + 1, 4) : -1;
  return code < 0 ? { character: '', end: at } : { character: String.fromCharCode(code), end: at + 5 };
}

function percentEscape(text: string, start: number): Escape {
  const first = byteAt(text, start);
  if (first.byte < 0) {
    return { character: '', end: start + 1 };
  }
  if (first.byte < 0x80) {
    // No one escapes control characters but those of white space, and `%10` may be the zone of an address.
    return isControl(first.byte)
      ? { character: '', end: start + 1 }
      : { character: String.fromCharCode(first.byte), end: first.end };
  }
  const length = first.byte >= 0xf0 ? 4 : first.byte >= 0xe0 ? 3 : 2;
  let { end } = first;
  let encoded = `%${first.byte.toString(16)}`;
  for (let index = 1; index < length; index += 1) {
    const next = byteAt(text, end);
    if (next.byte < 0x80) {
      return { character: '', end: first.end };
    }
    encoded += `%${next.byte.toString(16)}`;
    end = next.end;
  }
  return { character: decodedOrNothing(encoded), end };
}

function isControl(byte: number): boolean {
  return (byte < 0x20 && byte !== 9 && byte !== 10 && byte !== 13) || byte === 0x7f;
}

function decodedOrNothing(encoded: string): string {
  try {
    return decodeURIComponent(encoded);
  } catch {
    return '';
  }
}

/** `%XX`, its percent sign perhaps encoded again. */
function byteAt(text: string, start: number): { readonly byte: number; readonly end: number } {
  if (text.charCodeAt(start) !== PERCENT) {
    return { byte: -1, end: start };
  }
  let at = start + 1;
  for (
    let nested = 0;
    nested < NESTED_PERCENTS_MAX && text.startsWith('25', at) && hexOf(text, at + 2, 2) >= 0;
    nested += 1
  ) {
    at += 2;
  }
  return { byte: hexOf(text, at, 2), end: at + 2 };
}

/** The number that so many hexadecimal digits write, or -1. */
function hexOf(text: string, start: number, length: number): number {
  let value = 0;
  for (let at = start; at < start + length; at += 1) {
    const digit = hexDigit(text.charCodeAt(at));
    if (digit < 0) {
      return -1;
    }
    value = value * 16 + digit;
  }
  return value;
}

function hexDigit(code: number): number {
  if (code >= 48 && code <= 57) {
    return code - 48;
  }
  const lower = code | 32;
  return lower >= 97 && lower <= 102 ? lower - 87 : -1;
}

// String literals: https://prometheus.io/docs/prometheus/latest/querying/basics/#string-literals, with the escapes of https://go.dev/ref/spec#String_literals
import { invalidQuery } from '@aegisguard/model';
import type { Token } from './token.ts';

const SIMPLE_ESCAPES: Readonly<Record<string, string>> = {
  a: '\u0007',
  b: '\b',
  f: '\f',
  n: '\n',
  r: '\r',
  t: '\t',
  v: '\v',
  '\\': '\\',
};
const PIECE =
  /\\(?:x(?<hex>[0-9a-fA-F]{2})|(?<octal>[0-3][0-7]{2})|u(?<short>[0-9a-fA-F]{4})|U(?<long>[0-9a-fA-F]{8})|(?<simple>[abfnrtv\\'"]))|(?<plain>[^\\]+)|(?<bad>\\)/gy;
const RUNE_MAX = 0x10ffff;

const encoder = new TextEncoder();

function isRune(code: number): boolean {
  return code <= RUNE_MAX && !(code >= 0xd800 && code <= 0xdfff);
}

/** The bytes that one piece of a literal stands for, or what is wrong with it. */
function bytesOf(groups: Readonly<Record<string, string | undefined>>, quote: string): Uint8Array | string {
  const { hex, octal, short, long, simple, plain } = groups;
  if (plain !== undefined) {
    return encoder.encode(plain);
  }
  if (hex !== undefined) {
    return Uint8Array.of(Number.parseInt(hex, 16));
  }
  if (octal !== undefined) {
    return Uint8Array.of(Number.parseInt(octal, 8));
  }
  if (simple !== undefined) {
    const value = simple === quote ? quote : SIMPLE_ESCAPES[simple];
    return value === undefined ? 'unknown escape sequence' : encoder.encode(value);
  }
  const digits = short ?? long;
  if (digits === undefined) {
    return 'unknown escape sequence';
  }
  const code = Number.parseInt(digits, 16);
  return isRune(code) ? encoder.encode(String.fromCodePoint(code)) : 'escape sequence is an invalid Unicode code point';
}

function readEscapes(body: string, quote: string, position: number): string {
  const pieces: Uint8Array[] = [];
  for (const match of body.matchAll(PIECE)) {
    const bytes = bytesOf(match.groups ?? {}, quote);
    if (typeof bytes === 'string') {
      const shown = body.slice(match.index, match.index + 2);
      throw invalidQuery(
        position + match.index,
        `${bytes} ${shown}; a backslash itself is "\\\\", or write the text in backticks`,
      );
    }
    pieces.push(bytes);
  }
  return new TextDecoder('utf-8', { ignoreBOM: true }).decode(Buffer.concat(pieces));
}

/** The value of a string token. Bytes that are no UTF-8 (`"\xff"`) become U+FFFD. Throws `invalid-query` for an escape that there is not. */
export function unquote({ text, from }: Token): string {
  const body = text.slice(1, -1);
  const quote = text.charAt(0);
  return quote === '`' || !body.includes('\\') ? body.toWellFormed() : readEscapes(body, quote, from + 1);
}

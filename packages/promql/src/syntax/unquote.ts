// String literals: https://prometheus.io/docs/prometheus/latest/querying/basics/#string-literals, with the escapes of https://go.dev/ref/spec#String_literals
import { invalidQuery } from '@aegisguard/model';

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
const ESCAPE =
  /\\(?:x(?<hex>[0-9a-fA-F]{2})|(?<octal>[0-3][0-7]{2})|u(?<short>[0-9a-fA-F]{4})|U(?<long>[0-9a-fA-F]{8})|(?<simple>[abfnrtv\\'"]))|(?<plain>[^\\]+)|(?<bad>\\)/gy;
const RUNE_MAX = 0x10ffff;

const encoder = new TextEncoder();

function isRune(code: number): boolean {
  return code <= RUNE_MAX && !(code >= 0xd800 && code <= 0xdfff);
}

/** The bytes that one piece of a literal stands for; undefined when it is no piece. */
function bytesOf(groups: Record<string, string | undefined>, quote: string): Uint8Array | undefined {
  const { hex, octal, short, long, simple, plain } = groups;
  if (plain !== undefined) {
    return plain.includes('\n') ? undefined : encoder.encode(plain);
  }
  if (hex !== undefined) {
    return Uint8Array.of(Number.parseInt(hex, 16));
  }
  if (octal !== undefined) {
    return Uint8Array.of(Number.parseInt(octal, 8));
  }
  if (simple !== undefined) {
    const value = simple === quote ? quote : SIMPLE_ESCAPES[simple];
    return value === undefined ? undefined : encoder.encode(value);
  }
  const code = Number.parseInt(short ?? long ?? '', 16);
  return isRune(code) ? encoder.encode(String.fromCodePoint(code)) : undefined;
}

function readEscapes(body: string, quote: string, position: number): string {
  const pieces: Uint8Array[] = [];
  for (const match of body.matchAll(ESCAPE)) {
    const bytes = bytesOf(match.groups ?? {}, quote);
    if (bytes === undefined) {
      throw invalidQuery(
        position + 1 + match.index,
        'this is not how a text goes on; a backslash itself is "\\\\", or write the text in backticks',
      );
    }
    pieces.push(bytes);
  }
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(Buffer.concat(pieces));
  } catch {
    throw invalidQuery(position, 'the bytes of this text are not UTF-8');
  }
}

/** The value of a string literal in `"…"`, `'…'` or backticks, whose text as written begins at `position`. Throws `invalid-query`. */
export function unquote(literal: string, position: number): string {
  const quote = literal.charAt(0);
  if (quote === '`') {
    return literal.slice(1, -1).toWellFormed();
  }
  const body = literal.slice(1, -1);
  // The grammar lets a text end with the query; a last quote that is escaped closes nothing.
  const isClosed = literal.length >= 2 && literal.endsWith(quote) && !/(?:^|[^\\])(?:\\\\)*\\$/.test(body);
  if (!isClosed) {
    throw invalidQuery(position, 'this text has no closing quote');
  }
  return body.includes('\\') || body.includes('\n') ? readEscapes(body, quote, position) : body.toWellFormed();
}

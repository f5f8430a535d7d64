// String literals as Go has them: https://go.dev/ref/spec#String_literals
import { invalidQuery } from './query-error.ts';

/** A literal's value and where the query goes on after it. */
export interface Unquoted {
  readonly value: string;
  readonly end: number;
}

const SIMPLE_ESCAPES: ReadonlyMap<string, string> = new Map([
  ['a', '\u0007'],
  ['b', '\b'],
  ['f', '\f'],
  ['n', '\n'],
  ['r', '\r'],
  ['t', '\t'],
  ['v', '\v'],
  ['\\', '\\'],
  ['"', '"'],
]);
const PLAIN = /[^"\\\n]*/y;
const BYTE_ESCAPE = /x([0-9a-fA-F]{2})|([0-3][0-7]{2})/y;
const RUNE_ESCAPE = /u([0-9a-fA-F]{4})|U([0-9a-fA-F]{8})/y;
const RUNE_MAX = 0x10ffff;

// Not Node's buffers: the parser also runs in browsers.
const ENCODER = new TextEncoder();
const DECODER = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

function matchAt(pattern: RegExp, query: string, at: number): RegExpExecArray | null {
  pattern.lastIndex = at;
  return pattern.exec(query);
}

/** The bytes that an escape stands for, and its length in the query, backslash included. */
function readEscape(query: string, at: number): { readonly bytes: Uint8Array; readonly length: number } {
  const simple = SIMPLE_ESCAPES.get(query.charAt(at + 1));
  if (simple !== undefined) {
    return { bytes: ENCODER.encode(simple), length: 2 };
  }
  const byte = matchAt(BYTE_ESCAPE, query, at + 1);
  if (byte !== null) {
    const value = byte[1] === undefined ? Number.parseInt(byte[0], 8) : Number.parseInt(byte[1], 16);
    return { bytes: Uint8Array.of(value), length: byte[0].length + 1 };
  }
  const rune = matchAt(RUNE_ESCAPE, query, at + 1);
  const code = rune === null ? Number.NaN : Number.parseInt(rune[1] ?? rune[2] ?? '', 16);
  if (rune === null || !(code <= RUNE_MAX) || (code >= 0xd800 && code <= 0xdfff)) {
    throw invalidQuery(
      at,
      'this escape is not one of Go\'s; a backslash itself is "\\\\", or write the text in backticks',
    );
  }
  return { bytes: ENCODER.encode(String.fromCodePoint(code)), length: rune[0].length + 1 };
}

/** Reads `"…"` whose opening quote stands at `start`. */
export function unquoteInterpreted(query: string, start: number): Unquoted {
  const pieces: Uint8Array[] = [];
  let at = start + 1;
  for (;;) {
    const plain = matchAt(PLAIN, query, at)?.[0] ?? '';
    pieces.push(ENCODER.encode(plain));
    at += plain.length;
    const char = query.charAt(at);
    if (char === '"') {
      break;
    }
    if (char !== '\\') {
      throw invalidQuery(start, 'this text has no closing quote');
    }
    const escaped = readEscape(query, at);
    pieces.push(escaped.bytes);
    at += escaped.length;
  }
  const value = decoded(pieces);
  if (value === undefined) {
    throw invalidQuery(start, 'the bytes of this text are not UTF-8');
  }
  return { value, end: at + 1 };
}

/** The text that bytes are in UTF-8; undefined when they are none. */
function decoded(pieces: readonly Uint8Array[]): string | undefined {
  const bytes = new Uint8Array(pieces.reduce((sum, piece) => sum + piece.length, 0));
  let at = 0;
  for (const piece of pieces) {
    bytes.set(piece, at);
    at += piece.length;
  }
  try {
    return DECODER.decode(bytes);
  } catch {
    return undefined;
  }
}

/** Reads a text in backticks: everything counts as it stands, but for carriage returns, which Go leaves out. */
export function unquoteRaw(query: string, start: number): Unquoted {
  const close = query.indexOf('`', start + 1);
  if (close === -1) {
    throw invalidQuery(start, 'this text has no closing backtick');
  }
  return {
    value: query
      .slice(start + 1, close)
      .replaceAll('\r', '')
      .toWellFormed(),
    end: close + 1,
  };
}

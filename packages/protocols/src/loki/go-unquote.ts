// https://go.dev/ref/spec#String_literals

const BACKSLASH = 92;
const LITTLE_X = 120;
const LITTLE_U = 117;
const BIG_U = 85;

/** What follows a backslash and stands for one byte, and that byte. */
const SIMPLE = new Map(
  Object.entries({ a: 7, b: 8, t: 9, n: 10, v: 11, f: 12, r: 13, '"': 34, '\\': 92 }).map(([letter, byte]) => [
    letter.charCodeAt(0),
    byte,
  ]),
);
const CODE_POINT_MAX = 0x10ffff;

/**
 * The text between the quotes of a Go string literal in double quotes; undefined for an escape that Go has not. Escapes of single bytes may make up UTF-8; those that do not become
 * U+FFFD.
 */
export function goUnquote(inner: string): string | undefined {
  if (!inner.includes('\\')) {
    return inner;
  }
  // Read and written in one buffer: no escape is shorter than what it stands for.
  const bytes = Buffer.from(inner);
  let at = 0;
  let end = 0;
  while (at < bytes.length) {
    const byte = bytes[at] ?? 0;
    if (byte !== BACKSLASH) {
      bytes[end] = byte;
      end += 1;
      at += 1;
      continue;
    }
    const letter = bytes[at + 1] ?? 0;
    const length = escapeLength(letter);
    const value = escapeValue(bytes, at, letter, length);
    if (value < 0) {
      return undefined;
    }
    end += length === 6 || length === 10 ? bytes.write(String.fromCodePoint(value), end) : put(bytes, end, value);
    at += length;
  }
  return bytes.toString('utf8', 0, end);
}

function put(bytes: Buffer, at: number, byte: number): number {
  bytes[at] = byte;
  return 1;
}

/** Bytes of an escape, with its backslash, by the letter after it. */
function escapeLength(letter: number): number {
  switch (letter) {
    case LITTLE_U:
      return 6;
    case BIG_U:
      return 10;
    case LITTLE_X:
      return 4;
    default:
      return SIMPLE.has(letter) ? 2 : 4;
  }
}

/** The byte or code point that an escape stands for; -1 for none. */
function escapeValue(bytes: Buffer, at: number, letter: number, length: number): number {
  switch (letter) {
    case LITTLE_X:
      return readDigits(bytes, at + 2, at + length, 16, 255);
    case LITTLE_U:
    case BIG_U: {
      const point = readDigits(bytes, at + 2, at + length, 16, CODE_POINT_MAX);
      return point >= 0xd800 && point <= 0xdfff ? -1 : point;
    }
    default:
      return SIMPLE.get(letter) ?? readDigits(bytes, at + 1, at + length, 8, 255);
  }
}

/** The number that digits write; -1 when one is missing or none, or the number is beyond `most`. */
function readDigits(bytes: Buffer, start: number, end: number, base: number, most: number): number {
  let value = 0;
  for (let at = start; at < end; at += 1) {
    const digit = digitOf(bytes[at] ?? 0);
    if (digit >= base) {
      return -1;
    }
    value = value * base + digit;
  }
  return value > most ? -1 : value;
}

/** The value of a hexadecimal digit, 16 for anything else. */
function digitOf(byte: number): number {
  if (byte >= 48 && byte <= 57) {
    return byte - 48;
  }
  const letter = byte | 32;
  return letter >= 97 && letter <= 102 ? letter - 87 : 16;
}

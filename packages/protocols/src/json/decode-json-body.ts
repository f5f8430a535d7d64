import { constants, isUtf8 } from 'node:buffer';
import { AegisError, type JsonValue } from '@aegisguard/model';
import { exceedsJsonValues } from './exceeds-json-values.ts';
import { findJsonError } from './find-json-error.ts';

/** A decoded body and the text that it came from. */
export interface DecodedJson {
  readonly value: JsonValue;
  readonly text: string;
}

const BYTE_ORDER_MARK = 0xfeff;
const LINE_FEED = 10;

/**
 * A body may hold so many JSON values: more than the most that native batches allow (1000 logs with 512 attributes and 512 resource attributes each, and arrays besides). The
 * gateway parses on its event loop, so this is what a hostile body can cost: the worst that was found, small objects with a number for a name, takes 104 bytes of heap a value
 * and so about 150 MB; the slowest, names that never repeat, takes up to 1 µs a value.
 */
const VALUES_MAX = 1_500_000;
/** A shorter body is parsed uncounted: at two bytes a value it cannot cost more than one at the limit. Bytes. */
const UNCOUNTED_BYTES_MAX = 2 * 1024 * 1024;
/** An error further on is not looked for: its place is not worth the gateway's time. UTF-16 units. */
const ERROR_POSITION_MAX = 8 * 1024 * 1024;
/** Within so many units of where the search ends, an error may only be the cut's: the longest thing that is looked at as a whole is an escape, `\uXXXX`. */
const LOOKAHEAD_UNITS = 6;

/** The longest UTF-8 sequence, less its first byte: so far back may a cut through a character have to go. */
const UTF8_TAIL_BYTES = 3;

/** Where the whole characters of a body end that has some up to `from`, looking at most at `to` bytes; -1 when what lies between is not UTF-8. */
function wholeEnd(body: Uint8Array, from: number, to: number): number {
  for (let end = to; end >= Math.max(from, to - UTF8_TAIL_BYTES); end -= 1) {
    if (isUtf8(body.subarray(from, end))) {
      return end;
    }
  }
  return -1;
}

/** The start of the first byte sequence that is not UTF-8, in a body that has one. Begins each look where the last good one ended: a few looks at each byte in all. */
function firstInvalidByte(body: Uint8Array): number {
  let whole = 0;
  let valid = 0;
  let invalid = body.length + 1;
  while (invalid - valid > 1) {
    const middle = Math.floor((valid + invalid) / 2);
    const end = wholeEnd(body, whole, middle);
    if (end < 0) {
      invalid = middle;
    } else {
      valid = middle;
      whole = end;
    }
  }
  return whole;
}

function refuseEncoding(body: Uint8Array): never {
  const position = firstInvalidByte(body);
  const utf16 = (body[0] === 0xff && body[1] === 0xfe) || (body[0] === 0xfe && body[1] === 0xff);
  throw new AegisError('invalid-json', {
    detail: utf16
      ? 'The body looks like UTF-16; JSON must be sent as UTF-8.'
      : `The body is not UTF-8: the byte at ${position} does not belong there.`,
    members: { position },
  });
}

/** Line and column of a position, from 1. */
function placeOf(text: string, position: number): string {
  let line = 1;
  let lineStart = 0;
  for (let at = 0; at < position; at += 1) {
    if (text.charCodeAt(at) === LINE_FEED) {
      line += 1;
      lineStart = at + 1;
    }
  }
  return `line ${line}, column ${position - lineStart + 1}`;
}

function refuseSyntax(text: string, cause: unknown): never {
  const isWhole = text.length <= ERROR_POSITION_MAX;
  const searched = isWhole ? text : text.slice(0, ERROR_POSITION_MAX);
  const error = findJsonError(searched);
  if (error !== undefined && (isWhole || error.position < searched.length - LOOKAHEAD_UNITS)) {
    throw new AegisError('invalid-json', {
      detail: `At character ${error.position} (${placeOf(text, error.position)}): ${error.problem}.`,
      members: { position: error.position },
      cause,
    });
  }
  throw new AegisError('invalid-json', {
    ...(isWhole ? {} : { detail: `The error is not in the first ${searched.length - LOOKAHEAD_UNITS} characters.` }),
    cause,
  });
}

function refuseManyValues(): never {
  throw new AegisError('body-too-large', {
    detail: `A body has at most ${VALUES_MAX} JSON values; commas and opening brackets are counted.`,
    members: { limit: VALUES_MAX },
  });
}

/**
 * Parses a request body as JSON: strict UTF-8, a byte order mark is passed over (RFC 8259 §8.1 allows it), of a repeated member the last one counts, numbers are
 * doubles. Throws `invalid-json` for everything that is not JSON, with the position unless that is very far on, and `body-too-large` for what has too many values to be
 * parsed in one go.
 */
export function decodeJsonBody(body: Uint8Array): DecodedJson {
  if (body.length > constants.MAX_STRING_LENGTH) {
    throw new AegisError('body-too-large', { members: { limit: constants.MAX_STRING_LENGTH } });
  }
  if (!isUtf8(body)) {
    refuseEncoding(body);
  }
  if (body.length > UNCOUNTED_BYTES_MAX && exceedsJsonValues(body, VALUES_MAX)) {
    refuseManyValues();
  }
  const decoded = Buffer.from(body.buffer, body.byteOffset, body.byteLength).toString('utf8');
  const text = decoded.charCodeAt(0) === BYTE_ORDER_MARK ? decoded.slice(1) : decoded;
  if (text === '') {
    throw new AegisError('invalid-json', { detail: 'The body is empty.', members: { position: 0 } });
  }
  try {
    return { value: JSON.parse(text) as JsonValue, text };
  } catch (error) {
    refuseSyntax(text, error);
  }
}

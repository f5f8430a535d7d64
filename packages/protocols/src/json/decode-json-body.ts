import { constants, isUtf8 } from 'node:buffer';
import { AegisError, type JsonValue } from '@aegisguard/model';
import { findJsonError } from './find-json-error.ts';

/** A decoded body and the text that it came from. */
export interface DecodedJson {
  readonly value: JsonValue;
  readonly text: string;
}

const BYTE_ORDER_MARK = 0xfeff;
/** The longest UTF-8 sequence, less its first byte: so far back may a cut through a character have to go. */
const UTF8_TAIL_BYTES = 3;

/** The start of the first byte sequence that is not UTF-8, in a body that has one. */
function firstInvalidByte(body: Uint8Array): number {
  const wholePrefix = (length: number): number => {
    for (let end = length; end >= Math.max(0, length - UTF8_TAIL_BYTES); end -= 1) {
      if (isUtf8(body.subarray(0, end))) {
        return end;
      }
    }
    return -1;
  };
  let valid = 0;
  let invalid = body.length + 1;
  while (invalid - valid > 1) {
    const middle = Math.floor((valid + invalid) / 2);
    if (wholePrefix(middle) >= 0) {
      valid = middle;
    } else {
      invalid = middle;
    }
  }
  return wholePrefix(valid);
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

function refuseSyntax(text: string, cause: unknown): never {
  const error = findJsonError(text);
  if (error === undefined) {
    throw new AegisError('invalid-json', { cause });
  }
  const before = text.slice(0, error.position).split('\n');
  const place = `line ${before.length}, column ${(before.at(-1)?.length ?? 0) + 1}`;
  throw new AegisError('invalid-json', {
    detail: `At character ${error.position} (${place}): ${error.problem}.`,
    members: { position: error.position },
    cause,
  });
}

/**
 * Parses a request body as JSON: strict UTF-8, a byte order mark is passed over (RFC 8259 §8.1 allows it), of a repeated member the last one counts, numbers are
 * doubles. Throws `invalid-json` with the position for everything that is not JSON.
 */
export function decodeJsonBody(body: Uint8Array): DecodedJson {
  if (body.length > constants.MAX_STRING_LENGTH) {
    throw new AegisError('body-too-large', { members: { limit: constants.MAX_STRING_LENGTH } });
  }
  if (!isUtf8(body)) {
    refuseEncoding(body);
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

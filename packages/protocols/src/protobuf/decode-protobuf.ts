// https://protobuf.dev/programming-guides/encoding/
import { AegisError } from '@aegisguard/model';
import { WireError, WireReader } from './wire-reader.ts';

/** The library throws plain errors for bytes that are no message, and range errors when they end too early. */
function problemOf(error: unknown): string | undefined {
  if (error instanceof WireError) {
    return error.message;
  }
  if (error instanceof RangeError && error.message.startsWith('index out of range')) {
    return 'a field ends beyond its message';
  }
  return error instanceof Error && Object.getPrototypeOf(error) === Error.prototype ? error.message : undefined;
}

/**
 * Reads a body as one protocol buffer message. Throws `invalid-protobuf`, with the position, when the bytes are none, `body-too-large` when it has more than
 * `messagesMax` messages inside it, and whatever else `decode` throws.
 */
export function decodeProtobuf<T>(
  body: Uint8Array,
  decode: (reader: WireReader) => T,
  messagesMax = Number.POSITIVE_INFINITY,
): T {
  const reader = new WireReader(body, messagesMax);
  try {
    return decode(reader);
  } catch (error) {
    const problem = problemOf(error);
    if (problem === undefined) {
      throw error;
    }
    throw new AegisError('invalid-protobuf', {
      detail: `At byte ${reader.pos}: ${problem}.`,
      members: { position: reader.pos },
      cause: error,
    });
  }
}

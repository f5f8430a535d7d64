import type { JsonValue } from '@aegisguard/model';
import { type DecodedJson, decodeJsonBody } from '../../json/decode-json-body.ts';

/** Sixteen digits and more that stand as a number may be beyond what a double holds. */
const LONG_INTEGER = /[:,[\s]-?\d{16}/;
const INTEGER = /^-?\d{16,24}$/;

/** Gives the digits of an integer that a double cannot hold, as text, which is another way of writing 64-bit numbers. */
function keepDigits(_key: string, value: unknown, ...[context]: readonly { readonly source?: string }[]): unknown {
  const digits = context?.source ?? '';
  return typeof value === 'number' && !Number.isSafeInteger(value) && INTEGER.test(digits) ? digits : value;
}

/**
 * A JSON body with its 64-bit numbers as they were written, for the worker: a body that seems to have long ones that are not texts is parsed again, slower. One that is
 * nested too deep for that keeps the doubles.
 */
export function parseExactJson(body: Uint8Array): DecodedJson {
  const decoded = decodeJsonBody(body);
  if (!LONG_INTEGER.test(decoded.text)) {
    return decoded;
  }
  try {
    return { text: decoded.text, value: JSON.parse(decoded.text, keepDigits) as JsonValue };
  } catch (error) {
    if (error instanceof RangeError) {
      return decoded;
    }
    throw error;
  }
}

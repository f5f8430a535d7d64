/*
 * Arrays of floats in an answer of rows: `base64Encode(reinterpretAsString(x))`. Faster to read than JSON's numbers (ADR 0009), and the bits of a NaN come through.
 */

/** The expression that sends an array of 64-bit numbers. */
export function base64Array(expression: string): string {
  return `base64Encode(reinterpretAsString(${expression}))`;
}

/** Floats as they were stored, bit by bit. */
export function readFloats(encoded: unknown): Float64Array {
  return new Float64Array(alignedBytes(encoded).buffer);
}

/** In a buffer of its own, whole words long: the engine may leave zero bytes at the end out. */
function alignedBytes(encoded: unknown): Uint8Array<ArrayBuffer> {
  const bytes = Buffer.from(String(encoded), 'base64');
  const aligned = new Uint8Array(Math.ceil(bytes.length / 8) * 8);
  aligned.set(bytes);
  return aligned;
}

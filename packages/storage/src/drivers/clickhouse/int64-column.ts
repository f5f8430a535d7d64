const WORD = 2 ** 32;

/** Whole numbers (fractions are cut) as little-endian 64-bit integers, without a BigInt for each. */
export function int64Column(values: Float64Array, count: number): Uint8Array {
  const words = new Uint32Array(count * 2);
  for (let row = 0; row < count; row += 1) {
    const value = Math.trunc(values[row] ?? 0);
    // Both conversions are modulo 2^32, so negative numbers come out in two's complement.
    words[row * 2] = value;
    words[row * 2 + 1] = Math.floor(value / WORD);
  }
  return new Uint8Array(words.buffer);
}

/** 64-bit words picked by index. */
export function pickedWords(source: BigUint64Array, picks: Uint32Array, count: number): Uint8Array {
  const from = new Uint32Array(source.buffer, source.byteOffset, source.length * 2);
  const words = new Uint32Array(count * 2);
  for (let row = 0; row < count; row += 1) {
    const at = (picks[row] ?? 0) * 2;
    words[row * 2] = from[at] ?? 0;
    words[row * 2 + 1] = from[at + 1] ?? 0;
  }
  return new Uint8Array(words.buffer);
}

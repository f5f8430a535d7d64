import type { NativeBlockWriter } from './native-block-writer.ts';

const WORD = 2 ** 32;
const WORD_BYTES = 4;

/** Writes whole numbers (fractions are cut) as little-endian 64-bit integers, without a BigInt for each. */
export function writeInt64s(writer: NativeBlockWriter, values: Float64Array, count: number): void {
  const room = writer.room(count * 2 * WORD_BYTES);
  for (let row = 0, at = 0; row < count; row += 1, at += 2 * WORD_BYTES) {
    const value = Math.trunc(values[row] ?? 0);
    // Both conversions are modulo 2^32, so negative numbers come out in two's complement.
    room.setUint32(at, value, true);
    room.setUint32(at + WORD_BYTES, Math.floor(value / WORD), true);
  }
}

/** Writes 64-bit words picked by index. */
export function writePicked(
  writer: NativeBlockWriter,
  source: BigUint64Array,
  picks: Uint32Array,
  count: number,
): void {
  const room = writer.room(count * 2 * WORD_BYTES);
  const from = new Uint32Array(source.buffer, source.byteOffset, source.length * 2);
  for (let row = 0, at = 0; row < count; row += 1, at += 2 * WORD_BYTES) {
    const pick = (picks[row] ?? 0) * 2;
    room.setUint32(at, from[pick] ?? 0, true);
    room.setUint32(at + WORD_BYTES, from[pick + 1] ?? 0, true);
  }
}

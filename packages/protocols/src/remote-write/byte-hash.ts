import { randomInt } from 'node:crypto';

const WORD_BYTES = 4;
/** Four words at a time: processors work at them side by side. */
const BLOCK_BYTES = 4 * WORD_BYTES;
const SEED = randomInt(2 ** 31);

/**
 * A hash of bytes, 32 bits, another in each process. It does not withstand an attacker who tries: whoever keeps things by it must bound what a collision costs.
 */
export function hashBytes(view: DataView, start: number, end: number): number {
  let first = SEED;
  let second = end - start;
  let third = 1;
  let fourth = 2;
  let at = start;
  for (; at + BLOCK_BYTES <= end; at += BLOCK_BYTES) {
    first = Math.imul(first ^ view.getInt32(at, true), 0x9e3779b1);
    second = Math.imul(second ^ view.getInt32(at + WORD_BYTES, true), 0x85ebca6b);
    third = Math.imul(third ^ view.getInt32(at + 2 * WORD_BYTES, true), 0xc2b2ae35);
    fourth = Math.imul(fourth ^ view.getInt32(at + 3 * WORD_BYTES, true), 0x27d4eb2f);
    first ^= first >>> 15;
    second ^= second >>> 13;
    third ^= third >>> 14;
    fourth ^= fourth >>> 12;
  }
  for (; at < end; at += 1) {
    first = Math.imul(first ^ view.getUint8(at), 0x9e3779b1);
    first ^= first >>> 15;
  }
  let mixed = Math.imul(first ^ Math.imul(second, 0x27d4eb2f), 0x85ebca6b);
  mixed = Math.imul(mixed ^ (mixed >>> 15) ^ Math.imul(third, 0x9e3779b1), 0xc2b2ae35);
  mixed = Math.imul(mixed ^ (mixed >>> 13) ^ fourth, 0x85ebca6b);
  return (mixed ^ (mixed >>> 16)) >>> 0;
}

/** Whether `length` bytes are the same in both places. */
export function areSameBytes(
  left: DataView,
  leftStart: number,
  right: DataView,
  rightStart: number,
  length: number,
): boolean {
  let at = 0;
  for (; at + BLOCK_BYTES <= length; at += BLOCK_BYTES) {
    const one = leftStart + at;
    const other = rightStart + at;
    const difference =
      (left.getInt32(one, true) ^ right.getInt32(other, true)) |
      (left.getInt32(one + WORD_BYTES, true) ^ right.getInt32(other + WORD_BYTES, true)) |
      (left.getInt32(one + 2 * WORD_BYTES, true) ^ right.getInt32(other + 2 * WORD_BYTES, true)) |
      (left.getInt32(one + 3 * WORD_BYTES, true) ^ right.getInt32(other + 3 * WORD_BYTES, true));
    if (difference !== 0) {
      return false;
    }
  }
  for (; at < length; at += 1) {
    if (left.getUint8(leftStart + at) !== right.getUint8(rightStart + at)) {
      return false;
    }
  }
  return true;
}

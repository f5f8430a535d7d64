// https://prometheus.io/docs/prometheus/latest/querying/basics/#staleness
import type { NativeHistogram } from '@aegisguard/model';

/** The bits of the NaN that says that a series has ended, in two halves. */
const STALE_HIGH = 0x7ff00000;
const STALE_LOW = 2;
const IS_LITTLE_ENDIAN = new Uint8Array(Uint32Array.of(1).buffer)[0] === 1;

/** The halves of each value; the bits must be read where they lie, since a NaN that was moved may have lost them. */
export function wordsOf(values: Float64Array): Uint32Array {
  return new Uint32Array(values.buffer, values.byteOffset, values.length * 2);
}

/** Whether the value at `index` is a staleness marker. */
export function isStale(words: Uint32Array, index: number): boolean {
  const [high, low] = IS_LITTLE_ENDIAN ? [2 * index + 1, 2 * index] : [2 * index, 2 * index + 1];
  return words[high] === STALE_HIGH && words[low] === STALE_LOW;
}

/** A histogram that says that its series has ended has the marker for its sum. */
export function isStaleHistogram({ sum }: NativeHistogram): boolean {
  return Number.isNaN(sum) && isStale(wordsOf(Float64Array.of(sum)), 0);
}

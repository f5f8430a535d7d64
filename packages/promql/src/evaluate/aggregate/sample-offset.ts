// Where a label set lies between 0 and 1 for limit_ratio: XXH64, seed 0 (https://github.com/Cyan4973/xxHash/blob/dev/doc/xxhash_spec.md), of the labels as Prometheus keeps them.
import type { Labels } from '@aegisguard/model';
import { xxh64 } from './xxh64.ts';

const HASH_MAX = 2 ** 64;
/** A length from this on is written as this byte and three more. */
const LONG = 255;

/** The place of a label set in [0, 1). */
export function sampleOffset(labels: Labels): number {
  const texts = labels.flatMap(([name, value]) => [Buffer.from(name), Buffer.from(value)]);
  const bytes = Buffer.concat(texts.flatMap((text) => [lengthOf(text), text]));
  return Number(xxh64(bytes)) / HASH_MAX;
}

function lengthOf({ length }: Buffer): Buffer {
  return Buffer.from(length < LONG ? [length] : [LONG, length & 0xff, (length >> 8) & 0xff, (length >> 16) & 0xff]);
}

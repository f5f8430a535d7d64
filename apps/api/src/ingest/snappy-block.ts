// https://github.com/google/snappy/blob/main/format_description.txt
import { uncompress } from 'snappy';
import type { BodyLease } from './body-budget.ts';
import { bodyTooLarge } from './body-slab.ts';
import { invalidEncoding } from './decompress.ts';

/** The length that a block declares: a varint of at most 32 bits in front of it; undefined when there is none. */
export function declaredSnappyLength(block: Uint8Array): number | undefined {
  let length = 0;
  for (let at = 0; at < 5; at += 1) {
    const byte = block[at];
    if (byte === undefined) {
      return undefined;
    }
    length += (byte & 0x7f) * 2 ** (7 * at);
    if (byte < 0x80) {
      return length < 2 ** 32 ? length : undefined;
    }
  }
  return undefined;
}

/** Undoes a raw snappy block (not the frame format), off the event loop. The library allocates what the block declares, so that is checked and counted first. */
export async function unpackSnappyBlock(block: Buffer, bytesMax: number, lease: BodyLease): Promise<Buffer> {
  const length = declaredSnappyLength(block);
  if (length === undefined) {
    throw invalidEncoding('snappy');
  }
  if (length > bytesMax) {
    throw bodyTooLarge(bytesMax);
  }
  lease.take(length);
  try {
    // Copied into memory of V8's own, which can be moved to a thread.
    return (await uncompress(block, { asBuffer: true, copyOutputData: true })) as Buffer;
  } catch (error) {
    throw invalidEncoding('snappy', error);
  }
}

import { AegisError } from '@aegisguard/model';
import type { BodyLease } from './body-budget.ts';

const SLAB_BYTES_MIN = 16 * 1024;
/** Room for this many times what came, so that copying stays linear. What a sender only says that it will send takes none: a few hundred such connections would keep everybody out. */
const GROWTH = 4;

/** Chunks in one growing piece of memory that counts against a lease: kept as they are, a body in chunks of a byte would cost hundreds of bytes each. */
export class BodySlab {
  private bytes = Buffer.alloc(0);
  private length = 0;

  constructor(
    private readonly bytesMax: number,
    private readonly lease: BodyLease,
    /** What the sender says that will come; 0 when it does not. */
    private readonly declared: number = 0,
  ) {}

  /** Throws `body-too-large` past the limit, `unavailable` when the budget is used up. */
  append(chunk: Uint8Array): void {
    if (this.length + chunk.length > this.bytesMax) {
      throw bodyTooLarge(this.bytesMax);
    }
    this.reserve(this.length + chunk.length);
    this.bytes.set(chunk, this.length);
    this.length += chunk.length;
  }

  /** Makes room for `wanted` bytes in all, in leaps. */
  private reserve(wanted: number): void {
    if (wanted <= this.bytes.length) {
      return;
    }
    const leap = Math.max(SLAB_BYTES_MIN, GROWTH * wanted);
    const bound = wanted <= this.declared ? this.declared : this.bytesMax;
    const size = Math.min(bound, leap);
    this.lease.take(size - this.bytes.length);
    const larger = Buffer.allocUnsafeSlow(size);
    this.bytes.copy(larger, 0, 0, this.length);
    this.bytes = larger;
  }

  body(): Buffer {
    return this.bytes.subarray(0, this.length);
  }
}

/** The 413 that names the limit. */
export function bodyTooLarge(bytesMax: number): AegisError {
  return new AegisError('body-too-large', {
    detail: `The body may have at most ${bytesMax} bytes, before and after decompression.`,
    members: { limit: bytesMax },
  });
}

import { AegisError } from '@aegisguard/model';
import type { BodyLease } from './body-budget.ts';

const SLAB_BYTES_MIN = 16 * 1024;

/** Chunks in one growing piece of memory that counts against a lease: kept as they are, a body in chunks of a byte would cost hundreds of bytes each. */
export class BodySlab {
  private bytes = Buffer.alloc(0);
  private length = 0;

  constructor(
    private readonly bytesMax: number,
    private readonly lease: BodyLease,
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

  /** Makes room for `wanted` bytes in all, doubling so that copying stays linear. */
  reserve(wanted: number): void {
    if (wanted <= this.bytes.length) {
      return;
    }
    const doubled = Math.max(SLAB_BYTES_MIN, 2 * this.bytes.length);
    const size = this.bytes.length === 0 ? wanted : Math.min(this.bytesMax, Math.max(wanted, doubled));
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

import { AegisError } from '@aegisguard/model';

/** Bytes of request bodies that may be in memory at once, over all connections: what keeps a thousand slow uploads from ending the process. */
const BYTES_MAX = 256 * 1024 ** 2;
const RETRY_AFTER_SECONDS = 1;

/** Counts the memory of bodies under way. */
export class BodyBudget {
  private usedBytes = 0;

  constructor(private readonly bytesMax: number = BYTES_MAX) {}

  /** Takes more; throws `unavailable` when there is no room. A single body may always grow alone, so that a limit above the budget still works. */
  take(bytes: number, heldBytes: number): void {
    if (this.usedBytes > heldBytes && this.usedBytes + bytes > this.bytesMax) {
      throw new AegisError('unavailable', {
        detail: 'Too many large bodies are being received; send it again.',
        retryAfterSeconds: RETRY_AFTER_SECONDS,
      });
    }
    this.usedBytes += bytes;
  }

  give(bytes: number): void {
    this.usedBytes -= bytes;
  }
}

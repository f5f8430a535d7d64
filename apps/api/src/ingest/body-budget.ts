import { AegisError } from '@aegisguard/model';

/** Bytes of request bodies that may be in memory at once, over all connections and protocols: what keeps a thousand slow uploads, or as many bombs, from ending the process. */
const BYTES_MAX = 256 * 1024 ** 2;
const RETRY_AFTER_SECONDS = 1;

/** Counts the memory of bodies under way. */
export class BodyBudget {
  private usedBytes = 0;

  constructor(private readonly bytesMax: number = BYTES_MAX) {}

  /** The account of one request; to be released when its body is no longer needed. */
  lease(): BodyLease {
    let heldBytes = 0;
    let isReleased = false;
    return {
      take: (bytes) => {
        if (isReleased) {
          // Bytes of a request that was answered already: nobody would give them back.
          throw new AegisError('request-aborted');
        }
        // A single request may always grow alone, so that a limit above the budget still works.
        if (this.usedBytes > heldBytes && this.usedBytes + bytes > this.bytesMax) {
          throw new AegisError('unavailable', {
            detail: 'Too many large bodies are being received; send it again.',
            retryAfterSeconds: RETRY_AFTER_SECONDS,
          });
        }
        this.usedBytes += bytes;
        heldBytes += bytes;
      },
      give: (bytes) => {
        this.usedBytes -= bytes;
        heldBytes -= bytes;
      },
      release: () => {
        this.usedBytes -= heldBytes;
        heldBytes = 0;
        isReleased = true;
      },
    };
  }
}

/** What one request has taken of the budget. */
export interface BodyLease {
  /** Takes more; throws `unavailable` when there is no room, `request-aborted` after `release`. */
  take(bytes: number): void;
  /** Gives some of it back. */
  give(bytes: number): void;
  /** Gives everything back, and takes no more. */
  release(): void;
}

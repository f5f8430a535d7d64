import { AegisError } from '@aegisguard/model';

/**
 * The labels of a batch may have so many bytes in all, each series with all of its own: a body can say far more than it has bytes, by references to symbols, by a scope with many
 * points, by a histogram with many buckets. Four times the largest body that is accepted by default.
 */
const LABEL_BYTES_MAX = 256 * 1024 * 1024;

/** Counts the labels of one body. */
export class LabelBytes {
  #left = LABEL_BYTES_MAX;

  take(bytes: number): void {
    this.#left -= bytes;
    if (this.#left < 0) {
      throw new AegisError('body-too-large', {
        detail: `The labels of a batch have at most ${LABEL_BYTES_MAX} bytes when every series is given all of its own.`,
        members: { limit: LABEL_BYTES_MAX },
      });
    }
  }
}

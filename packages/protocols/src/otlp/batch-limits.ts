import { AegisError } from '@aegisguard/model';

/** More records than this in one body refuse it. A record may take two bytes there, and hundreds once it is built; exporters send thousands. */
const OTLP_RECORDS_MAX = 250_000;

/** More messages than this inside one protocol buffer body refuse it: eight bytes each in the largest that is accepted by default, when real ones have more. */
export const OTLP_MESSAGES_MAX = 8_388_608;

/**
 * What resources and scopes may come to when each record has its own copy, in bytes of the body: a body says them once, and a row is stored with them. Twice the largest
 * body that is accepted by default.
 */
export const OTLP_EXPANDED_BYTES_MAX = 128 * 1024 * 1024;

/** Adds up what a body will come to, and refuses it when that is too much. */
export class BatchSize {
  records = 0;
  #expandedBytes = 0;

  /** Another record, whose resource and scope take so many bytes. */
  add(contextBytes: number): void {
    this.records += 1;
    if (this.records > OTLP_RECORDS_MAX) {
      throw new AegisError('batch-too-large', {
        detail: `A body has at most ${OTLP_RECORDS_MAX} records.`,
        members: { limit: OTLP_RECORDS_MAX },
      });
    }
    this.#expandedBytes += contextBytes;
    if (this.#expandedBytes > OTLP_EXPANDED_BYTES_MAX) {
      throw new AegisError('batch-too-large', {
        detail: `Resources and scopes come to more than ${OTLP_EXPANDED_BYTES_MAX} bytes when they are repeated for each of their records; send fewer records in a body.`,
        members: { limit: OTLP_EXPANDED_BYTES_MAX },
      });
    }
  }
}

/** How long the id of a record is remembered at least. */
export const REMEMBERED_MS = 24 * 60 * 60 * 1000;

/**
 * Remembers which batch brought a record's id first, so that a batch that a client sends again stores nothing twice. An id is 64 bits of a hash over organization, signal and the client's text: among a billion ids the
 * chance that a new one meets another's is 5 in 100 billion. Drivers must pass `conformance/`. Errors: a driver that cannot be reached throws `AegisError` `unavailable`.
 */
export interface IngestIds {
  /**
   * Claims ids for a batch, and answers which positions of `ids` another batch had claimed before, ascending. What is answered is remembered by the next start, too. A batch may claim what is its own again: a redelivery is no duplicate. Of two batches that claim
   * an id at the same time exactly one gets it.
   */
  claim(batchId: string, ids: BigUint64Array): Promise<readonly number[]>;
  close(): Promise<void>;
}

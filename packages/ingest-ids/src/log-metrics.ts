import type { LogLabelSet, LogMetricChange, OrgId } from '@aegisguard/model';

/** Series that are kept of an organization; there is no room for a new one beyond. */
export const LOG_SERIES_MAX = 10_000;
/** A label set is read so long after its last change, ms: as far back as queries look for a value. */
export const READ_MS = 5 * 60_000;
/** Then its value is kept so long, ms; one that changes later begins at nothing. */
export const KEPT_MS = 24 * 60 * 60_000;
/** How long a batch is known at least, ms. */
export const BATCH_KNOWN_MS = 24 * 60 * 60_000;

/** A slot that was read is known for so long, ms: no process is that far behind. One further ahead was a clock that has been set back since. */
export const SLOT_KNOWN_MS = 10 * 60_000;

/** A label set of an organization, as it is now. Its series change together and are read together. */
export interface LogTotals extends LogLabelSet {
  /** As many and in the order of `seriesOfLabelSet`. */
  readonly values: readonly number[];
  /** What they were until `sinceMs`. */
  readonly before: readonly number[];
  /** Since when they have changed without a pause of `READ_MS`; Unix ms. */
  readonly sinceMs: number;
}

/**
 * What metrics made of logs have come to, in one place for all workers: each batch changes them once, however often it is delivered, and whoever reads them finds every batch that was added. Drivers must pass `conformance/`. Errors: a driver that
 * cannot be reached throws `AegisError` `unavailable`.
 */
export interface LogMetrics {
  /** Changes label sets by what a batch does to them, all at once; nothing when the batch is known. Answers for how many label sets there was no room: all series of one have it, or none. What is answered is known to the next start, too. */
  add(orgId: OrgId, batchId: string, changes: readonly LogMetricChange[]): Promise<number>;
  /**
   * What changed lately, of one organization after the other, its label sets always in the same order; nothing when it was read for this slot before, by any process, and nothing of an organization that was read for a later one. So what is told for a later slot was read later:
   * otherwise a counter would seem to fall.
   */
  read(slotMs: number): AsyncIterable<{ readonly orgId: OrgId; readonly totals: readonly LogTotals[] }>;
  /** Forgets an organization's label sets; how many there were. */
  forget(orgId: OrgId): Promise<number>;
  close(): Promise<void>;
}

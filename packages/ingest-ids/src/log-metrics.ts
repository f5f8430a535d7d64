import type { LogMetricChange, MetricMetadata, OrgId } from '@aegisguard/model';

/** Series that are kept of an organization; there is no room for a new one beyond. */
export const LOG_SERIES_MAX = 10_000;
/** A series is read so long after its last change, ms: as far back as queries look for a value. */
export const READ_MS = 5 * 60_000;
/** Then its value is kept so long, ms; if it changes later it begins at nothing. */
export const KEPT_MS = 24 * 60 * 60_000;
/** How long a batch is known at least, ms. */
export const BATCH_KNOWN_MS = 24 * 60 * 60_000;

/** A series of an organization, as it is now. */
export interface LogSeries {
  readonly labels: LogMetricChange['labels'];
  readonly metadata: MetricMetadata;
  readonly value: number;
  /** Since when it has changed without a pause of `READ_MS`; Unix ms. */
  readonly sinceMs: number;
  /** What it was until then. */
  readonly before: number;
}

/**
 * What metrics made of logs have come to, in one place for all workers: each batch changes them once, however often it is delivered, and whoever reads them finds every batch that was added. Drivers must pass `conformance/`. Errors: a driver that
 * cannot be reached throws `AegisError` `unavailable`.
 */
export interface LogMetrics {
  /** Changes series by what a batch does to them, all at once; nothing when the batch is known. Answers for how many changes there was no room. What is answered is known to the next start, too. */
  add(orgId: OrgId, batchId: string, changes: readonly LogMetricChange[]): Promise<number>;
  /** The series that changed lately, of one organization after the other; nothing when they were read for this slot before, by any process. Slots only ascend. */
  read(slotMs: number): AsyncIterable<{ readonly orgId: OrgId; readonly series: readonly LogSeries[] }>;
  /** Forgets an organization's series; how many there were. */
  forget(orgId: OrgId): Promise<number>;
  close(): Promise<void>;
}

import type { LogReader, LogRecord, OrgId } from '@aegisguard/model';

/** Identifies the batch that rows come from; the same for every delivery of it. */
export interface BatchIdentity {
  readonly batchId: string;
  readonly receivedAtMs: number;
  readonly retentionDays: number;
}

/** Rows of one organization's batch in the driver's insert format, ready to be joined to others'. Plain data: it crosses threads. Only `LogEncoder` makes one. */
export interface EncodedLogBatch {
  readonly orgId: OrgId;
  readonly batchId: string;
  readonly rowCount: number;
  /** Insert-ready bytes; their ArrayBuffer may be transferred. */
  readonly bytes: Uint8Array;
}

/** Turns records into insert-ready bytes. Pure and without a connection, so that it runs in a worker thread. */
export interface LogEncoder {
  encodeLogs(orgId: OrgId, batch: BatchIdentity, records: readonly LogRecord[]): EncodedLogBatch;
}

/** Writes and reads logs. */
export interface LogStore extends LogReader {
  /**
   * Inserts batches of any organizations as one group. All or, when it throws, an unknown part of the rows is stored: call `storedIndexes` before trying again.
   */
  insertLogs(batches: readonly EncodedLogBatch[]): Promise<void>;
  /** Which records of a batch are stored already: asked only for a batch that was delivered before or whose insert failed. */
  storedIndexes(orgId: OrgId, batchId: string): Promise<ReadonlySet<number>>;
}

/** What one organization sent on one day (UTC, by time of receipt). */
export interface DailyUsage {
  /** `YYYY-MM-DD`. */
  readonly date: string;
  readonly logsCount: number;
  readonly logsBytes: number;
}

/** A store of telemetry. Drivers must pass `conformance/`. */
export interface StorageDriver {
  readonly logs: LogStore;
  /** Usage per day, ascending; both dates inclusive, `YYYY-MM-DD`. */
  readDailyUsage(orgId: OrgId, from: string, to: string): Promise<readonly DailyUsage[]>;
  /** Brings the schema up to date: forward only, idempotent, safe from several processes at once. */
  migrate(): Promise<void>;
  /** Throws when the store cannot be reached. */
  ping(): Promise<void>;
  close(): Promise<void>;
}

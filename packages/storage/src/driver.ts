import type {
  IngestCountStore,
  LogOverview,
  LogReader,
  LogRecord,
  MetricBatch,
  MetricReader,
  OrgId,
  RetentionShortened,
  RumReader,
  RumRecord,
  ScrubCountStore,
  SecurityEventReader,
  SecurityEventRecord,
  ServiceReader,
  Signal,
  SpanQueryReader,
  SpanReader,
  SpanRecord,
  StoredRetention,
  TraceSamplingStore,
} from '@aegisguard/model';

/** Identifies the batch that rows come from; the same for every delivery of it. */
export interface BatchIdentity {
  readonly batchId: string;
  readonly receivedAtMs: number;
  readonly retentionDays: number;
}

/** Rows of one organization's batch in the driver's insert format, ready to be joined to others'. Plain data: it crosses threads. Only an encoder makes one. */
export interface EncodedBatch {
  readonly orgId: OrgId;
  readonly batchId: string;
  readonly rowCount: number;
  /** Insert-ready bytes; their ArrayBuffer may be transferred. */
  readonly bytes: Uint8Array;
}

/** Turns records into insert-ready bytes. Pure and without a connection, so that it runs in a worker thread. */
export interface RecordEncoder<Row> {
  encode(orgId: OrgId, batch: BatchIdentity, records: readonly Row[]): EncodedBatch;
}

/** Encodes logs. */
export type LogEncoder = RecordEncoder<LogRecord>;
/** Encodes spans. */
export type SpanEncoder = RecordEncoder<SpanRecord>;
/** Encodes RUM events. */
export type RumEncoder = RecordEncoder<RumRecord>;
/** Encodes security events. */
export type SecurityEventEncoder = RecordEncoder<SecurityEventRecord>;

/** Takes the rows of one signal. */
export interface RecordStore {
  /**
   * Inserts batches of any organizations as one group. All or, when it throws, an unknown part of the rows is stored: call `storedIndexes` before trying again.
   */
  insert(batches: readonly EncodedBatch[]): Promise<void>;
  /** Which records of a batch are stored already: asked only for a batch that was delivered before or whose insert failed. */
  storedIndexes(orgId: OrgId, batchId: string): Promise<ReadonlySet<number>>;
}

/** Writes and reads logs. */
export interface LogStore extends LogReader, LogOverview, RecordStore {}
/** Writes and reads spans. */
export interface SpanStore extends SpanReader, SpanQueryReader, RecordStore {}
/** Makes and reads what spans come to. */
export interface ServiceStore extends ServiceReader {
  /** Adds the edges and hours of the windows of time that are over for good; how many windows. May run in several processes at once. */
  settleWindows(nowMs: number): Promise<number>;
  /** The organizations whose spans came in since; Unix ms, some hours ago at most. */
  sendersSince(sinceMs: number): Promise<readonly OrgId[]>;
}
/** Writes and reads RUM events. */
export interface RumStore extends RumReader, RecordStore {}
/** Writes and reads security events. */
export interface SecurityEventStore extends SecurityEventReader, RecordStore {}

/** The tables that a metric batch goes to. `hours` says which hours' rollups it makes out of date, `usage` what the batch counts for. */
export type MetricTable = 'series' | 'samples' | 'histograms' | 'exemplars' | 'metadata' | 'hours' | 'usage';

/** Increments of a batch that the store adds up (OTLP's delta temporality), with the series that they belong to. Plain data. */
type EncodedDeltas = Pick<MetricBatch, 'series' | 'deltas'> & {
  readonly batch: BatchIdentity;
  /** The batch was delivered before: later ones may have overtaken it, so its increments are not late by their sender's doing. */
  readonly isRedelivery: boolean;
};

/** Rows of one organization's metrics, as `EncodedBatch`, but of several tables. Plain data: it crosses threads. */
export interface EncodedMetricBatch {
  readonly orgId: OrgId;
  readonly batchId: string;
  /** Samples, histograms and exemplars, deltas included. */
  readonly rowCount: number;
  readonly byteCount: number;
  /** A table without rows is absent. */
  readonly blocks: Readonly<Partial<Record<MetricTable, Uint8Array>>>;
  readonly deltas: EncodedDeltas | undefined;
}

/** Encodes metrics. Keeps in mind which series it has written, so that their labels go along now and then only, but all with a batch that was delivered before. */
export interface MetricEncoder {
  encode(orgId: OrgId, batch: BatchIdentity, metrics: MetricBatch, isRedelivery: boolean): EncodedMetricBatch;
  /** The rows encoded so far may have been lost: every series' labels go along again. */
  forgetSeries(): void;
}

/** Writes and reads metrics. A sample is named by series and time, so writing a batch again changes nothing. */
export interface MetricStore extends MetricReader {
  /** Inserts batches of any organizations as one group, in their order; when it throws, insert them again. */
  insert(batches: readonly EncodedMetricBatch[]): Promise<MetricInsertReport>;
  /** Brings the rollups up to date with samples that came since; how many hours of organizations were computed anew. */
  rollUp(nowMs: number): Promise<number>;
}

/** What became of increments that were not added: their sender sent them after a later one of their series. */
export interface MetricInsertReport {
  readonly lateDeltas: readonly { readonly orgId: OrgId; readonly batchId: string; readonly count: number }[];
}

/** What one organization sent on one day (UTC, by time of receipt). */
export interface DailyUsage {
  /** `YYYY-MM-DD`. */
  readonly date: string;
  readonly logsCount: number;
  readonly logsBytes: number;
  readonly metricsCount: number;
  readonly spansCount: number;
  readonly spansBytes: number;
  readonly rumCount: number;
  readonly rumBytes: number;
}

/** What one table holds of an organization, as rows lie in it: several versions of one row count. */
export interface TableFootprint {
  readonly table: string;
  readonly rows: number;
  /** On the disk, estimated from what a row of the table takes on average. */
  readonly bytes: number;
}

/** Takes an organization's telemetry out of the store. Every call may be repeated, made by several processes at once and cut off anywhere: the next one finds what is under way and goes on. */
export interface ErasureStore {
  /** Every table that can hold something of an organization, those that hold nothing included. */
  footprint(orgId: OrgId): Promise<readonly TableFootprint[]>;
  /**
   * Deletes the organization's rows from a table of the footprint: resolves when no part in use holds one, with how many were counted before they went. Files are written anew without them; the old ones stay on the disk until
   * `purge`. `unavailable` when the store does not get on with it (its disk is full) or rows come in faster than they go; work that was begun goes on in the store.
   */
  erase(orgId: OrgId, table: string): Promise<number>;
  /** Resolves when the files that were replaced by others before this call are off the disk, as a rule within a minute; how many rows, of any organization, were in them. */
  purge(): Promise<number>;
}

/** What is kept for how long, in truth. Rows carry their days with them, so a setting says only what becomes of new ones. */
export interface RetentionStore {
  /** Every table of every signal, those that hold nothing included. */
  read(orgId: OrgId): Promise<readonly StoredRetention[]>;
  /** Deletes rows that are older than `days` although they came when more were set; resolves when they are gone. To be called again day by day: rows that are younger today carry the longer time, too. Rows of `keptDays` stay: rules of the organization keep some for so long. */
  shorten(orgId: OrgId, signal: Signal, days: number, keptDays?: readonly number[]): Promise<RetentionShortened>;
}

/** A store of telemetry. Drivers must pass `conformance/`. */
export interface StorageDriver {
  readonly logs: LogStore;
  readonly spans: SpanStore;
  readonly services: ServiceStore;
  readonly rum: RumStore;
  readonly securityEvents: SecurityEventStore;
  readonly metrics: MetricStore;
  readonly ingestCounts: IngestCountStore;
  readonly scrubCounts: ScrubCountStore;
  readonly erasure: ErasureStore;
  readonly retention: RetentionStore;
  readonly traceSampling: TraceSamplingStore;
  /** Usage per day, ascending; both dates inclusive, `YYYY-MM-DD`. */
  readDailyUsage(orgId: OrgId, from: string, to: string): Promise<readonly DailyUsage[]>;
  /** Brings the schema up to date: forward only, idempotent, safe from several processes at once. */
  migrate(): Promise<void>;
  /** Throws when the store cannot be reached. */
  ping(): Promise<void>;
  close(): Promise<void>;
}

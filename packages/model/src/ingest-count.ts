import type { IngestProtocol, Signal } from './ingest-envelope.ts';
import type { QueryBounds } from './log-reader.ts';
import type { OrgId } from './org-id.ts';

/**
 * What became of records: `accepted`, or why not. A refused request whose records nobody counted counts as one request and no records. Names are stable: they are stored and
 * shown. The reasons of whole requests are codes of the error table.
 */
export type IngestOutcome = 'accepted' | (string & {});

/** A count of one minute. */
export interface IngestCount {
  readonly orgId: OrgId;
  /** Unix ms, the minute's beginning. */
  readonly minuteMs: number;
  readonly signal: Signal;
  readonly protocol: IngestProtocol;
  readonly keyId: string;
  readonly outcome: IngestOutcome;
  readonly requests: number;
  readonly records: number;
  /** Of bodies after decompression. */
  readonly bytes: number;
}

/** Keeps and reads the counts of what came in and what was refused. */
export interface IngestCountStore {
  /** Adds to what is kept. What a crash cuts off is lost: these are for people who look for their data, not for bills. */
  addIngestCounts(counts: readonly IngestCount[]): Promise<void>;
  /** Sums per step (whole minutes), signal, protocol, key and outcome; `fromMs` inclusive, `toMs` exclusive. `minuteMs` of the answer is the step's beginning. */
  readIngestCounts(
    orgId: OrgId,
    range: { readonly fromMs: number; readonly toMs: number; readonly stepMs: number },
    bounds: QueryBounds,
  ): Promise<readonly Omit<IngestCount, 'orgId'>[]>;
}

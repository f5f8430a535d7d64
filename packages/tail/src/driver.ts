import type { OrgId } from '@aegisguard/model';

/** A log that a tail's query caught, ready to be sent. */
export interface CaughtLine {
  /** Unix nanoseconds in decimal digits: with the batch's id and the index the log's position. */
  readonly timestamp: string;
  readonly index: number;
  /** The log, and what the query made of it: a JSON object without line breaks. */
  readonly json: string;
}

/** What a query caught in one batch. */
export interface TailCatch {
  readonly query: string;
  readonly batchId: string;
  /** In the batch's order. */
  readonly lines: readonly CaughtLine[];
  /** Lines that were left out: more than a tail may have, or than there was time to look at. */
  readonly dropped: number;
}

/** Told of what a tail's query caught. Must not throw. */
export type OnCatch = (caught: TailCatch) => void;

/** A tail that is open. */
export interface OpenTail {
  /** Nothing is caught for it any more; at once in this process, within a second in others. */
  close(): void;
}

/**
 * Where those who watch logs meet those who make them: processes with the role `query` open tails, workers ask for the queries and bring what these caught. Lines may be lost on the way (a process that dies, a server between
 * them that is away), and may come twice when a batch is delivered again. Drivers must pass `conformance/`.
 */
export interface TailExchange {
  /** Opens a tail: resolves once workers of this process see its query, and within a second all others do. Tails of one organization with one query share its evaluation. Throws `AegisError` `unavailable` when others cannot be told. */
  open(orgId: OrgId, query: string, onCatch: OnCatch): Promise<OpenTail>;
  /** The queries of an organization's tails in all processes, each once; costs a look into a map. Those of a process that died are gone within `SILENCE_MS_MAX`. */
  queriesOf(orgId: OrgId): readonly string[];
  /** Brings what queries caught to their tails, wherever they are. Neither waits nor throws. */
  publish(orgId: OrgId, caught: readonly TailCatch[]): void;
  close(): Promise<void>;
}

/** Processes say this often which tails they have. */
export const HEARTBEAT_MS = 1000;
/** One that was not heard for so long has none any more. */
export const SILENCE_MS_MAX = 4000;

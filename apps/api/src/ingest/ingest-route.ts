import type { IngestEnvelope, IngestScope, Signal } from '@aegisguard/model';

/** One refused record of a batch; `path` is a JSON Pointer inside the record. */
interface RefusedRecord {
  readonly index: number;
  readonly path: string;
  readonly message: string;
  readonly code: string;
}

/** What a look at a body tells: how many records, and which are refused. */
export interface BodyVerdict {
  readonly total: number;
  readonly rejected: readonly RefusedRecord[];
}

/** What one protocol's route adds to the gateway's common path. */
export interface IngestRoute {
  readonly path: string;
  readonly signal: Signal;
  readonly scope: IngestScope;
  readonly format: IngestEnvelope['format'];
  /** Media types that it takes; a request without one counts as the first. */
  readonly mediaTypes: readonly string[];
  /** Days that an organization keeps this signal. */
  retentionDays(days: { readonly logs: number }): number;
  /** Throws `AegisError` when nothing of the body can be taken. */
  verify(body: Uint8Array, context: { readonly receivedAtMs: number; readonly retentionDays: number }): BodyVerdict;
}

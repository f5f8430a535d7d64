import type { RecordRejection } from './record-rejection.ts';

/** What of the envelope a verdict depends on. */
export interface VerifyOptions {
  readonly receivedAtMs: number;
  readonly retentionDays: number;
}

/** The verdict on a batch. */
export interface BatchVerdict {
  /** Records in the batch. */
  readonly total: number;
  /** Ascending by index; one fault a record. */
  readonly rejected: readonly RecordRejection[];
}

/** The forms that protocol buffer messages are written in. */
export type MessageEncoding = 'json' | 'protobuf';

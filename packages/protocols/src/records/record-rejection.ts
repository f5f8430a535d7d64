/**
 * Why a record was refused, for counters: it does not have the shape, is older than the retention, or is beyond a limit (`record-limits.ts`; of metrics `label-limits.ts`, and
 * `too-many-series` the organization's own).
 */
export type RejectionCode =
  | 'invalid'
  | 'too-old'
  | 'too-many-attributes'
  | 'too-many-labels'
  | 'label-name-too-long'
  | 'label-value-too-long'
  | 'metric-name-too-long'
  | 'too-many-series';

/** What is wrong with one record. */
export interface RecordFault {
  /** JSON Pointer inside the record (RFC 6901); `''` is the record itself. */
  readonly path: string;
  /** For the sender; quotes at most `QUOTE_LENGTH_MAX` characters of what was sent. */
  readonly message: string;
  readonly code: RejectionCode;
}

/** A refused record of a batch. */
export interface RecordRejection extends RecordFault {
  /** Where it stands in the batch, 0-based. */
  readonly index: number;
}

const QUOTE_LENGTH_MAX = 60;

/** What was sent, quoted for an error message. */
export function quoteInput(value: string | number): string {
  const text = typeof value === 'string' ? value.slice(0, QUOTE_LENGTH_MAX) : String(value);
  return JSON.stringify(text.length < String(value).length ? `${text}…` : text);
}

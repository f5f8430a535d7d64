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
  /** For the sender, its logs and our receipts: names may stand in it, but no values of what was sent (`quoteInput`). */
  readonly message: string;
  readonly code: RejectionCode;
}

/** A refused record of a batch. */
export interface RecordRejection extends RecordFault {
  /** Where it stands in the batch, 0-based. */
  readonly index: number;
}

const QUOTE_LENGTH_MAX = 60;

/** A name as programs have it: words of letters with separators between, and hardly any digits. */
const PLAIN_NAME = /^[A-Za-z]{0,20}(?:[._:/-]{1,3}[A-Za-z]{1,20}){0,12}[._:-]{0,2}\d{0,3}$/;

/**
 * What was sent, for an error message. Answers are kept on disk for repeated requests, and senders log them, but what was sent may be private, in the place of a name or a time, too: names that look like names are quoted, of anything else only the form is
 * said, `0` for a digit and `a` for a letter, by which one sees just as well what is wrong with `"0000-00-00 00h"`.
 */
export function quoteInput(value: string | number): string {
  const whole = String(value);
  const text = whole.slice(0, QUOTE_LENGTH_MAX);
  const shown = PLAIN_NAME.test(whole) ? text : formOf(text);
  return JSON.stringify(text.length < whole.length ? `${shown}…` : shown);
}

function formOf(text: string): string {
  return text
    .replace(/\p{Lu}/gu, 'A')
    .replace(/(?!A)[\p{L}\p{M}]/gu, 'a')
    .replace(/\p{N}/gu, '0');
}

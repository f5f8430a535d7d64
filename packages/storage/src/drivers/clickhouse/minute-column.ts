import { AegisError } from '@aegisguard/model';
import { wholeNumberLiteral } from './sql-literal.ts';

const MINUTE_MS = 60_000;
/** The last second that a DateTime holds. */
const DATE_TIME_MAX = 4_294_967_295;

/** Seconds of the minute that a time lies at the beginning of, or else of the next one; within what DateTime holds. */
export function minuteLiteral(timeMs: number): string {
  return wholeNumberLiteral(Math.min(DATE_TIME_MAX, Math.max(0, Math.ceil(timeMs / MINUTE_MS) * 60)));
}

/** The column of minutes that counts belong to. */
export function minuteColumn(counts: readonly { readonly minuteMs: number }[]): Uint32Array {
  return Uint32Array.from(counts, ({ minuteMs }) => Math.floor(minuteMs / MINUTE_MS) * 60);
}

/** Throws `invalid-request` for a step that counts of minutes cannot be summed to. */
export function demandWholeMinutes(stepMs: number): void {
  if (stepMs < MINUTE_MS || stepMs % MINUTE_MS !== 0) {
    throw new AegisError('invalid-request', { detail: 'A step of counts is a whole number of minutes.' });
  }
}

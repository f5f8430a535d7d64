import { parseDuration } from './duration.ts';

const SECONDS_TEXT = /^\d{1,12}(?:\.\d{1,9})?$/;

/** Reads the step of a range query, seconds as a number or numeric text or a duration such as `1m`, as nanoseconds; `undefined` unless it is a time > 0. */
export function parseStep(step: string | number): bigint | undefined {
  const text = typeof step === 'number' ? String(step) : step;
  const nanos = SECONDS_TEXT.test(text) ? parseDuration(`${text}s`) : parseDuration(text);
  return nanos === undefined || nanos <= 0n ? undefined : nanos;
}

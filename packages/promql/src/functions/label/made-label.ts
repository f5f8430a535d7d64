import { AegisError } from '@aegisguard/model';

// What a query makes of labels has no bound in what is stored: forty calls in one another, each of which writes a value twice, would need a terabyte.

/** UTF-16 units of a value that a query makes; stored ones have at most 8 KiB. */
const VALUE_LENGTH_MAX = 16 * 1024;
/** The same of all values that one call makes. */
const CALL_LENGTH_MAX = 32 * 1024 ** 2;

/** Throws `query-too-large` for a value that would be longer than any may be; to be asked before it is made. */
export function checkValueLength(length: number): void {
  if (length > VALUE_LENGTH_MAX) {
    throw new AegisError('query-too-large', {
      detail: `A label's value that a query makes has at most ${VALUE_LENGTH_MAX} characters.`,
      members: { limit: VALUE_LENGTH_MAX },
    });
  }
}

/** Throws `query-too-large` for values that are too much together. */
export function checkCallLength(length: number): void {
  if (length > CALL_LENGTH_MAX) {
    throw new AegisError('query-too-large', {
      detail: `The values of a label that one call makes have at most ${CALL_LENGTH_MAX} characters together.`,
      members: { limit: CALL_LENGTH_MAX },
    });
  }
}

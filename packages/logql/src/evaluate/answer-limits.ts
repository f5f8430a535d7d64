import { AegisError } from '@aegisguard/model';

/** Series of an answer. */
export const SERIES_MAX = 1000;
/** Points of an answer, of all series together; an answer of that many is some 30 MB of JSON. */
export const POINTS_TOTAL_MAX = 1_000_000;

/** The refusal of an answer that is too large. */
export function tooMany(what: string, limit: number): AegisError {
  return new AegisError('query-too-large', {
    detail: `The answer has more than ${limit} ${what}; select less, group by fewer labels or choose a longer step.`,
    members: { limit },
  });
}

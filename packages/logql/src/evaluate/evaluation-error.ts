import { AegisError } from '@aegisguard/model';

/** A query that is well-formed, and has no answer; the text is what Loki says. */
export function evaluationError(detail: string): AegisError {
  return new AegisError('query-not-runnable', { detail });
}

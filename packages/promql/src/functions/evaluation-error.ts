import { AegisError } from '@aegisguard/model';

/** The query can be parsed, but not evaluated; the text is Prometheus's. */
export function evaluationError(detail: string): AegisError {
  return new AegisError('query-not-runnable', { detail });
}

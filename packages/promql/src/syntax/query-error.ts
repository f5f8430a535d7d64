import { AegisError } from '@aegisguard/model';

/** The query is not PromQL; `position` is a 0-based UTF-16 offset. */
export function invalidQuery(position: number, problem: string): AegisError {
  return new AegisError('invalid-query', { detail: `At position ${position}: ${problem}.`, members: { position } });
}

/** The query is PromQL that cannot be run yet. */
export function unsupportedQuery(position: number, what: string): AegisError {
  return new AegisError('query-not-runnable', {
    detail: `At position ${position}: ${what} not supported yet.`,
    members: { position },
  });
}

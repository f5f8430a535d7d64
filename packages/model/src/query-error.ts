import { AegisError } from './aegis-error.ts';

/** The text is no query of its language; `position` is a 0-based UTF-16 offset. */
export function invalidQuery(position: number, problem: string): AegisError {
  return new AegisError('invalid-query', { detail: `At position ${position}: ${problem}.`, members: { position } });
}

/** The query can be parsed, but not run yet. */
export function unsupportedQuery(position: number, what: string): AegisError {
  return new AegisError('query-not-runnable', {
    detail: `At position ${position}: ${what} not supported yet.`,
    members: { position },
  });
}

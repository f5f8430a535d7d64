import { AegisError } from './aegis-error.ts';

/** The text is no query of its language; `position` is a 0-based UTF-16 offset. */
export function invalidQuery(position: number, problem: string): AegisError {
  return new AegisError('invalid-query', { detail: `At position ${position}: ${problem}.`, members: { position } });
}

/** Position and problem of what `invalidQuery` made, for those who say them in another way; undefined for any other error. */
export function problemOfQuery(error: unknown): { readonly position: number; readonly problem: string } | undefined {
  if (!(error instanceof AegisError) || error.code !== 'invalid-query') {
    return undefined;
  }
  const [, position, problem] = /^At position (\d+): (.*)\.$/s.exec(error.detail ?? '') ?? [];
  return position === undefined || problem === undefined ? undefined : { position: Number(position), problem };
}

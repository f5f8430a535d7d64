import { OutgoingError, type OutgoingErrorCode } from '@aegisguard/outgoing';
import { expect, it } from 'vitest';
import { problemOf, toAegisError } from './problem.ts';

it.each<[OutgoingErrorCode, number]>([
  ['refused-request', 400],
  ['refused-address', 400],
  ['refused-redirect', 400],
  ['timeout', 503],
  ['unreachable', 503],
  ['too-large', 503],
])('a call to outside that came to nothing is told without what was met there: %s', (code, status) => {
  const cause = new Error('connect ECONNREFUSED 10.0.0.7:5432');
  const error = toAegisError(new OutgoingError(code, { cause }));
  const problem = problemOf(error, 'r-1');
  expect(problem).toMatchObject({ status, detail: expect.stringMatching(/^The|^There/) });
  expect(JSON.stringify(problem)).not.toContain('10.0.0.7');
  expect(error.cause).toMatchObject({ cause });
  const wrapped = new Error('something went wrong', { cause: new OutgoingError(code) });
  expect(problemOf(toAegisError(wrapped), 'r-1')).toEqual(problem);
});

import { expect, it } from 'vitest';
import { type ApiAnswer, differenceOf } from './compare-answers.ts';

function answer(resultType: string, result: unknown): ApiAnswer {
  return { status: 'success', data: { resultType, result } };
}

const matrix = (...points: [number, string][]) => answer('matrix', [{ metric: { a: '1', b: '2' }, values: points }]);
const failed: ApiAnswer = { status: 'error', error: 'bad' };

it.each([
  [failed, { ...failed, error: 'another sentence' }],
  [matrix([1, '1'], [2, 'NaN']), matrix([1, '1.000009'], [2, 'NaN'])],
  [matrix([1, '+Inf']), matrix([1, '+Inf'])],
  [answer('matrix', []), answer('matrix', [])],
  [answer('scalar', [1, '2']), answer('scalar', [1, '2'])],
  [
    answer('vector', [
      { metric: { a: '1', b: '2' }, value: [1, '1'] },
      { metric: {}, value: [1, '2'] },
    ]),
    answer('vector', [
      { metric: {}, value: [1, '2'] },
      { metric: { b: '2', a: '1' }, value: [1, '1'] },
    ]),
  ],
])('%j agrees with %j', (ours, theirs) => {
  expect(differenceOf(ours, theirs)).toBeUndefined();
});

it.each([
  [failed, matrix(), 'ours fails: bad; theirs answers'],
  [answer('scalar', [1, '2']), answer('vector', []), 'ours is a scalar, theirs a vector'],
  [answer('scalar', [1, '2']), answer('scalar', [1, '3']), 'point 0 is [1,"2"], theirs [1,"3"]'],
  [matrix([1, '1']), matrix([1, '1.00002']), 'point 0 is'],
  [matrix([1, '1']), matrix([2, '1']), 'point 0 is'],
  [matrix([1, 'NaN']), matrix([1, '0']), 'point 0 is'],
  [matrix([1, '+Inf']), matrix([1, '-Inf']), 'point 0 is'],
  [matrix([1, '+Inf']), matrix([1, '1e300']), 'point 0 is'],
  [matrix([1, '1']), matrix([1, '1'], [2, '1']), '1 points, theirs 2'],
  [answer('matrix', []), matrix([1, '1']), 'only theirs has the series'],
])('%j differs from %j', (ours, theirs, difference) => {
  expect(differenceOf(ours, theirs)).toContain(difference);
});

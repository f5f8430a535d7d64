import { expect, it } from 'vitest';
import { healthOf, rateWords, ratioWords } from './service-words.ts';

it('writes rates by the second, the minute or the hour', () => {
  expect([0, 1250, 12.5, 1, 0.5, 1 / 60, 1 / 3600].map(rateWords)).toEqual([
    '0/s',
    '1.25K/s',
    '12.5/s',
    '1/s',
    '30/min',
    '1/min',
    '1/h',
  ]);
});

it('writes shares', () => {
  expect([0, 0.00001, 0.0123, 1].map(ratioWords)).toEqual(['0%', '<0.01%', '1.23%', '100%']);
});

it('is worried from one error in a hundred on', () => {
  expect([0, 0.0099, 0.01, 0.049, 0.05, 1].map(healthOf)).toEqual(['ok', 'ok', 'warn', 'warn', 'danger', 'danger']);
});

import { expect, it } from 'vitest';
import { rateWords } from './words.ts';

it.each([
  [0, '0/s'],
  [1250, '1.25K/s'],
  [1, '1/s'],
  [0.5, '30/min'],
  [1 / 60, '1/min'],
  [6 / 3600, '6/h'],
  [1 / 86_400, '0.0417/h'],
])('%d a second is %s', (perSecond, words) => {
  expect(rateWords(perSecond)).toBe(words);
});

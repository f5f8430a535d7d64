import { expect, it } from 'vitest';
import { shareWords } from './share-words.ts';

it.each([
  [null, '–'],
  [0, '0%'],
  [1, '100%'],
  [0.375, '37.5%'],
  [0.000001, '<0.01%'],
  [0.999999, '>99.99%'],
])('%s is %s', (share, words) => {
  expect(shareWords(share)).toBe(words);
});

import { describe, expect, it } from 'vitest';
import { foundWords } from './found-words.ts';

const search = { matches: Int32Array.of(2, 5, 9), count: 3, isAsking: false, error: undefined };

describe('what a search says', () => {
  it('counts the matches, and tells at which of them one is', () => {
    expect(foundWords(search, undefined)).toBe('3');
    expect(foundWords(search, 5)).toBe('2 of 3');
    expect(foundWords(search, 6)).toBe('3');
    expect(foundWords({ ...search, isAsking: true }, 9)).toBe('3 of 3…');
  });

  it('counts those that the server did not name, too', () => {
    expect(foundWords({ ...search, count: 8 }, 2)).toBe('1 of 8 (3 of them marked)');
  });
});

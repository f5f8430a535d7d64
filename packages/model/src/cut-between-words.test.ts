import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { cutBetweenWords } from './cut-between-words.ts';

const CARD = ['4539', '5787', '6362', '1486'];

describe('a text that is cut', () => {
  it('is as it was when it fits', () => {
    expect(cutBetweenWords('two words', 9)).toBe('two words');
  });

  it.each([
    ['mail hyacinth@planted.example now', 'mail '],
    [`paid with ${CARD.join('')} today`, 'paid with '],
    [`paid with ${CARD.join(' ')} today`, 'paid with '],
    [`paid with ${CARD.join('-')} today`, 'paid with '],
    ['go to postgres://app:plum4711@db.example:5432/shop', 'go to '],
    ['{"to":"hyacinth@planted.example"}', '{"to":"'],
  ])('ends before the word that does not fit: %s', (text, expected) => {
    const afterWord = text.search(/ (?:now|today)$|(?<=shop)$|"\}$/);
    for (let lengthMax = expected.length + 1; lengthMax < afterWord; lengthMax += 1) {
      expect(cutBetweenWords(text, lengthMax)).toBe(expected);
    }
  });

  it('is cut at its limit where it has no words', () => {
    expect(cutBetweenWords('x'.repeat(5000), 4000)).toBe('x'.repeat(4000));
  });

  it('is the beginning of a text, and within the limit', () => {
    const texts = fc.string({ unit: fc.constantFrom(' ', 'a', '1', '"', 'é', '😀', 'A') });
    fc.assert(
      fc.property(texts, fc.integer({ min: 0, max: 30 }), (text, lengthMax) => {
        const cut = cutBetweenWords(text, lengthMax);
        expect(text.startsWith(cut)).toBe(true);
        expect(cut.length).toBeLessThanOrEqual(Math.max(0, lengthMax));
        expect(cut === text).toBe(text.length <= lengthMax);
      }),
    );
  });
});

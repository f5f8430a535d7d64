import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { cutText, markText } from './row-text.ts';

const texts = fc.string({ unit: fc.constantFrom('a', 'b', ' ', '😀') });

describe('markText', () => {
  it('loses nothing and marks only what was searched for', () => {
    fc.assert(
      fc.property(texts, fc.array(texts, { maxLength: 3 }), (text, searched) => {
        const pieces = markText(text, searched);
        expect(pieces.map((piece) => piece.text).join('')).toBe(text);
        for (const piece of pieces) {
          expect(text.slice(piece.start, piece.start + piece.text.length)).toBe(piece.text);
          expect(piece.isMarked).toBe(piece.isMarked && searched.includes(piece.text));
          if (!piece.isMarked) {
            expect(searched.some((wanted) => wanted !== '' && piece.text.includes(wanted))).toBe(false);
          }
        }
      }),
    );
  });

  it('marks every place', () => {
    const marked = markText('a timeout, then a timeout', ['timeout']).filter((piece) => piece.isMarked);
    expect(marked.map((piece) => piece.start)).toEqual([2, 18]);
  });
});

describe('cutText', () => {
  it('leaves short texts alone', () => {
    expect(cutText('abc', 3)).toBe('abc');
  });

  it('never tears a pair of surrogates', () => {
    fc.assert(
      fc.property(texts, fc.integer({ min: 1, max: 8 }), (text, charactersMax) => {
        const cut = cutText(text, charactersMax);
        expect(cut.isWellFormed()).toBe(true);
        expect(cut.length).toBeLessThanOrEqual(Math.max(charactersMax + 1, 1));
        expect(text.startsWith(cut.replace(/…$/, ''))).toBe(true);
      }),
    );
  });
});

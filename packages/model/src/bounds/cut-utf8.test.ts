import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { cutUtf8 } from './cut-utf8.ts';

describe('cutUtf8', () => {
  it('is the longest whole beginning that fits', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 40 }), fc.nat(60), (text, bytesMax) => {
        let expected = '';
        for (const char of text) {
          if (Buffer.byteLength(expected + char) > bytesMax) {
            break;
          }
          expected += char;
        }
        expect(cutUtf8(text, bytesMax)).toBe(expected);
      }),
      { numRuns: 1000 },
    );
  });

  it.each([
    ['abc', 3, 'abc'],
    ['abcd', 3, 'abc'],
    ['aé', 2, 'a'],
    ['a😀b', 4, 'a'],
    ['a😀b', 5, 'a😀'],
    ['😀', 0, ''],
  ])('%j to %d bytes', (text, bytesMax, expected) => {
    expect(cutUtf8(text, bytesMax)).toBe(expected);
  });
});

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { rankDifferences } from './rank-differences.ts';

const counts = (value: string, inside: number, outside: number) => ({ label: 'a', value, inside, outside });

describe('what is different', () => {
  it('is what has another share, the most telling first', () => {
    const ranked = rankDifferences(
      [
        counts('same', 500, 5000),
        counts('new', 200, 0),
        counts('gone', 0, 5000),
        counts('chance', 1, 2),
        counts('everywhere', 1000, 10_000),
      ],
      1000,
      10_000,
      10,
    );
    expect(ranked.map(({ value, difference }) => [value, difference])).toEqual([
      ['gone', -0.5],
      ['new', 0.2],
    ]);
  });

  it('needs logs on both sides', () => {
    expect(rankDifferences([counts('x', 5, 0)], 5, 0, 10)).toEqual([]);
    expect(rankDifferences([counts('x', 0, 5)], 0, 5, 10)).toEqual([]);
  });

  it('is a number for any counts', () => {
    fc.assert(
      fc.property(fc.nat(1000), fc.nat(1000), fc.nat(1000), fc.nat(1000), (a, b, c, d) => {
        for (const { difference } of rankDifferences([counts('x', a, b)], a + c, b + d, 1)) {
          expect(Math.abs(difference)).toBeLessThanOrEqual(1);
        }
      }),
    );
  });
});

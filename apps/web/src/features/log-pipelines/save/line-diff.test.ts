import fc from 'fast-check';
import { expect, it } from 'vitest';
import { lineDiff } from './line-diff.ts';

const signs = { both: ' ', first: '-', second: '+' } as const;
const drawn = (first: string, second: string): string =>
  lineDiff([...first], [...second])
    .map(({ side, text }) => `${signs[side]}${text}`)
    .join('');

it('keeps what is common', () => {
  expect(drawn('abcd', 'abcd')).toBe(' a b c d');
  expect(drawn('abcd', 'axcyd')).toBe(' a-b+x c+y d');
  expect(drawn('', 'ab')).toBe('+a+b');
  expect(drawn('ab', '')).toBe('-a-b');
});

it('has all lines of both, each in its order, and alike ones at the ends', () => {
  const lines = fc.array(fc.constantFrom('a', 'b', 'c'), { maxLength: 12 });
  fc.assert(
    fc.property(lines, lines, (first, second) => {
      const diff = lineDiff(first, second);
      const of = (side: 'first' | 'second') =>
        diff.filter((line) => line.side === 'both' || line.side === side).map(({ text }) => text);
      expect(of('first')).toEqual(first);
      expect(of('second')).toEqual(second);
    }),
  );
});

it('gives up in the middle of what is too long', () => {
  const long = (letter: string) => ['head', ...Array.from({ length: 1100 }, (_, at) => `${letter}${at}`), 'tail'];
  const diff = lineDiff(long('a'), long('b'));
  expect(diff.filter(({ side }) => side === 'both').map(({ text }) => text)).toEqual(['head', 'tail']);
  expect(diff).toHaveLength(2202);
});

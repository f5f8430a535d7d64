import fc from 'fast-check';
import { expect, it } from 'vitest';
import { miniBarsPath } from './mini-bars.ts';

it('draws a bar per count from the axis up, the largest as high as the box', () => {
  expect(miniBarsPath([0, 2, 4], 20, 1)).toBe('M1 10h.7v10h-.7zM2 0h.7v20h-.7z');
});

it('draws nothing for zeros, and one among many as high as the least height', () => {
  expect(miniBarsPath([0, 0], 20, 1)).toBe('');
  expect(miniBarsPath([1, 100_000], 20, 2)).toBe('M0 18h.7v2h-.7zM1 0h.7v20h-.7z');
});

it('has as many bars as there are counts that are not zero, all inside the box', () => {
  fc.assert(
    fc.property(fc.array(fc.nat(1_000_000), { maxLength: 60 }), (counts) => {
      const path = miniBarsPath(counts, 24, 1);
      const bars = [...path.matchAll(/M(\d+) (\d+)h\.7v(\d+)h-\.7z/g)];
      expect(bars.length).toBe(counts.filter((count) => count > 0).length);
      for (const [, x, y, part] of bars) {
        expect(Number(x)).toBeLessThan(counts.length);
        expect(Number(y) + Number(part)).toBe(24);
      }
    }),
  );
});

import fc from 'fast-check';
import { expect, it } from 'vitest';
import { CompensatedSum } from './compensated-sum.ts';

function sumOf(values: readonly number[]): number {
  const sum = new CompensatedSum();
  for (const value of values) {
    sum.add(value);
  }
  return sum.total;
}

it('loses nothing of small numbers beside great ones', () => {
  expect(sumOf([1, 1e100, 1, -1e100])).toBe(2);
  expect(sumOf(Array.from({ length: 1000 }, () => 0.1))).toBe(100);
});

it('what is added and taken away again leaves what was there', () => {
  const number = fc.double({ min: -1e9, max: 1e9, noNaN: true });
  fc.assert(
    fc.property(number, fc.double({ min: 1e15, max: 1e20, noNaN: true }), (small, great) => {
      expect(sumOf([small, great, -great])).toBe(small + 0);
    }),
  );
});

it('knows infinities', () => {
  expect(sumOf([Number.POSITIVE_INFINITY, 1, 2])).toBe(Number.POSITIVE_INFINITY);
  expect(sumOf([Number.MAX_VALUE, Number.MAX_VALUE])).toBe(Number.POSITIVE_INFINITY);
  expect(sumOf([Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY])).toBeNaN();
});

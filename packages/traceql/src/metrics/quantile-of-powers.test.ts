import fc from 'fast-check';
import { expect, it } from 'vitest';
import { powerOfTwo } from './measure.ts';
import { quantileOfPowers } from './quantile-of-powers.ts';

it.each([
  [0.5, [[8, 4]], 2 ** 2.5],
  [1, [[8, 4]], 8],
  [0, [[8, 4]], 4],
  [
    0.5,
    [
      [1, 1],
      [1024, 1],
    ],
    1,
  ],
  [
    0.75,
    [
      [1, 1],
      [1024, 1],
    ],
    2 ** 9.5,
  ],
  [
    0.9,
    [
      [0, 9],
      [4, 1],
    ],
    0,
  ],
] as const)('%f of %j', (quantile, powers, expected) => {
  expect(
    quantileOfPowers(
      quantile,
      powers.map(([power, count]) => ({ power, count })),
    ),
  ).toBeCloseTo(expected, 10);
});

it('is none where there are no values', () => {
  expect(quantileOfPowers(0.5, [])).toBeNaN();
  expect(quantileOfPowers(0.5, [{ power: 8, count: 0 }])).toBeNaN();
});

it('never lies further from the true value than a power of two', () => {
  fc.assert(
    fc.property(
      fc.array(fc.double({ min: 1e-6, max: 1e9, noNaN: true }), { minLength: 1, maxLength: 50 }),
      fc.constantFrom(0.1, 0.5, 0.9, 0.99, 1),
      (values, quantile) => {
        const counts = Map.groupBy(values, powerOfTwo);
        const powers = [...counts]
          .map(([power, own]) => ({ power, count: own.length }))
          .sort((a, b) => a.power - b.power);
        const told = quantileOfPowers(quantile, powers);
        const rank = Math.max(0, Math.ceil(quantile * values.length) - 1);
        const exact = values.toSorted((a, b) => a - b)[rank] ?? 0;
        expect(powerOfTwo(told)).toBeGreaterThanOrEqual(powerOfTwo(exact) / 2);
        expect(powerOfTwo(told)).toBeLessThanOrEqual(powerOfTwo(exact));
      },
    ),
  );
});

it('finds the power of two that is not below a value', () => {
  for (const power of [2 ** -20, 0.5, 1, 2 ** 30, 2 ** 53]) {
    expect(powerOfTwo(power)).toBe(power);
    expect(powerOfTwo(power * 1.000001)).toBe(power * 2);
    expect(powerOfTwo(power * 0.999999)).toBe(power);
  }
  expect(powerOfTwo(0)).toBe(0);
  expect(powerOfTwo(-3)).toBe(0);
});

import fc from 'fast-check';
import { expect, it } from 'vitest';
import { NumberRuns } from './number-runs.ts';

it('tells what is where in ascending order, of however many runs', () => {
  const numbers = fc.record({
    length: fc.constantFrom(1, 2, 1_025, 32_768, 32_769, 100_000),
    kinds: fc.constantFrom(1, 3, 1_000, 2 ** 40),
    factor: fc.integer({ min: 1, max: 2 ** 20 }),
  });
  fc.assert(
    fc.property(numbers, ({ length, kinds, factor }) => {
      const given = Array.from({ length }, (_, n) => (n * factor) % kinds);
      const runs = new NumberRuns();
      for (const number of given) {
        runs.add(number);
      }
      expect(runs.length).toBe(length);
      const sorted = Float64Array.from(given).sort();
      const places = [0, Math.floor(length / 3), Math.floor(length / 2), length - 1];
      expect(runs.at(places)).toEqual(places.map((place) => sorted[place]));
      // What comes afterwards is counted as well.
      runs.add(-1);
      expect(runs.at([0, length])).toEqual([-1, sorted[length - 1]]);
    }),
    { numRuns: 40 },
  );
});

it('has nothing at places that there are not', () => {
  expect(() => new NumberRuns().at([0])).toThrow(RangeError);
});

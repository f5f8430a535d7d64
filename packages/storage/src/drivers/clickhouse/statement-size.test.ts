import fc from 'fast-check';
import { expect, it } from 'vitest';
import { StatementSize } from './statement-size.ts';

const DAY_MS = 86_400_000;

/** The series of each statement that reads so many series of so many samples each. */
function sizesOf(rangeMs: number, samplesOf: readonly number[]): number[] {
  const size = new StatementSize(rangeMs);
  const sizes: number[] = [];
  for (let first = 0; first < samplesOf.length; first += sizes.at(-1) ?? 0) {
    const read = samplesOf.slice(first, first + size.series);
    sizes.push(read.length);
    const samples = read.reduce((sum, each) => sum + each, 0);
    size.learn(read.length, samples);
  }
  return sizes;
}

it('begins as if series were dense, and takes more of those that are not', () => {
  // A month of a sample every ten seconds, and of one every five minutes.
  expect(sizesOf(30 * DAY_MS, Array(10).fill(259_200))).toEqual([3, 3, 3, 1]);
  expect(sizesOf(30 * DAY_MS, Array(250).fill(8640))).toEqual([3, 24, 115, 108]);
  expect(sizesOf(30 * DAY_MS, Array(5000).fill(0))).toEqual([3, 24, 192, 1536, 2000, 1245]);
  expect(sizesOf(60_000, Array(5000).fill(4))).toEqual([2000, 2000, 1000]);
});

it('of series that are alike no statement gives more than it should', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 400 }), fc.integer({ min: 1, max: 2_000_000 }), (days, samples) => {
      const sizes = sizesOf(days * DAY_MS, Array(3000).fill(samples));
      const [, ...later] = sizes;
      expect(Math.max(0, ...later.filter((size) => size > 1)) * samples).toBeLessThanOrEqual(1_000_000);
      expect(Math.min(...sizes)).toBeGreaterThan(0);
    }),
  );
});

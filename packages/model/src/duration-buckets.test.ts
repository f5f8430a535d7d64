import fc from 'fast-check';
import { expect, it } from 'vitest';
import {
  addDurations,
  bucketBelowMs,
  countNotAbove,
  durationBoundMs,
  durationQuantileMs,
  NO_DURATIONS,
} from './duration-buckets.ts';

/** As the store counts. */
function bucketOf(ms: number): number {
  return Math.min(255, Math.max(0, Math.ceil(Math.log2(ms) * 4) + 80));
}

const durations = fc.array(fc.double({ min: 1e-5, max: 1e9, noNaN: true }), { minLength: 1, maxLength: 50 });

function counted(all: readonly number[]) {
  return addDurations(all.map((ms) => ({ buckets: [bucketOf(ms)], counts: [1] })));
}

it('a quantile lies within 19 % of the true one', () => {
  fc.assert(
    fc.property(durations, fc.double({ min: 0.01, max: 1, noNaN: true }), (all, share) => {
      const true_ = all.toSorted((left, right) => left - right)[Math.ceil(share * all.length) - 1] ?? 0;
      const told = durationQuantileMs(counted(all), share) ?? 0;
      expect(told / true_).toBeGreaterThan(0.84);
      expect(told / true_).toBeLessThan(1.1893);
    }),
  );
});

it('those that took no longer are counted exactly at the bounds of buckets', () => {
  fc.assert(
    fc.property(durations, fc.integer({ min: 1, max: 200 }), (all, bucket) => {
      const boundMs = durationBoundMs(bucket);
      const exact = all.filter((ms) => bucketOf(ms) <= bucket).length;
      expect(countNotAbove(counted(all), boundMs)).toBe(exact);
    }),
  );
});

it('every fourth bound is a power of two of milliseconds', () => {
  for (const ms of [0.25, 1, 2, 1024, 16_384]) {
    expect(durationBoundMs(bucketBelowMs(ms))).toBe(ms);
    expect(bucketOf(ms)).toBe(bucketBelowMs(ms));
  }
});

it('nothing has no quantile', () => {
  expect(durationQuantileMs(NO_DURATIONS, 0.5)).toBeNull();
  expect(countNotAbove(NO_DURATIONS, 1)).toBe(0);
});

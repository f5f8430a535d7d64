import { unixNanos } from '@aegisguard/model';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { windowBuckets } from './window-buckets.ts';

const START = 1_767_225_600_000_000_000n;

describe('windowBuckets', () => {
  it('puts a time into exactly those windows that hold it, in at most four buckets a point', () => {
    const nanos = (max: number): fc.Arbitrary<bigint> =>
      fc.oneof(
        fc.bigInt({ min: 1n, max: BigInt(max) }),
        fc.bigInt({ min: 1n, max: BigInt(max) }).map((n) => n * 250_000_000_000_000n),
      );
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 12 }),
        nanos(20),
        nanos(150),
        fc.bigInt({ min: -50n, max: 50n }),
        fc.double({ min: 0, max: 1, noNaN: true }),
        (points, step, range, offset, place) => {
          const windows = windowBuckets({ start: unixNanos(START), step, points }, range, offset);
          expect(windows.count).toBeLessThanOrEqual(4 * points);
          const span = windows.last - windows.after;
          const time = windows.after + 1n + (BigInt(Math.floor(place * 1e6)) * (span - 1n)) / 1_000_000n;
          const bucket = windows.bucketOf(time);
          for (let point = 0; point < points; point += 1) {
            const end = START + BigInt(point) * step - offset;
            const isInside = time > end - range && time <= end;
            const first = point * windows.stride;
            expect(bucket >= first && bucket < first + windows.size).toBe(isInside);
          }
        },
      ),
      { numRuns: 500 },
    );
  });
});

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { spansOf } from './exponential-buckets.ts';

/** Counts by Prometheus's index. */
function byIndex({ spans, counts }: ReturnType<typeof spansOf>): Map<number, number> {
  const result = new Map<number, number>();
  let index = 0;
  let at = 0;
  for (const { offset, length } of spans) {
    index += offset;
    for (let bucket = 0; bucket < length; bucket += 1) {
      result.set(index, (result.get(index) ?? 0) + (counts[at] ?? Number.NaN));
      index += 1;
      at += 1;
    }
  }
  expect(at).toBe(counts.length);
  return new Map([...result].filter(([, count]) => count !== 0));
}

describe('dense buckets as spans', () => {
  it('of the specification’s example', () => {
    expect(spansOf({ offset: 3, counts: [10, 0, 0, 20, 5, 2] }, 0)).toEqual({
      spans: [{ offset: 4, length: 6 }],
      counts: [10, 0, 0, 20, 5, 2],
    });
    expect(spansOf({ offset: 3, counts: [10, 0, 0, 0, 20, 0] }, 0)).toEqual({
      spans: [
        { offset: 4, length: 1 },
        { offset: 3, length: 1 },
      ],
      counts: [10, 20],
    });
  });

  it('keep every count at the bucket that its values are in', () => {
    const counts = fc.array(fc.oneof(fc.constant(0), fc.integer({ min: 0, max: 9 })), { maxLength: 40 });
    fc.assert(
      fc.property(
        fc.integer({ min: -1000, max: 1000 }),
        counts,
        fc.integer({ min: 0, max: 5 }),
        (offset, dense, halvings) => {
          const wanted = new Map<number, number>();
          for (const [at, count] of dense.entries()) {
            // Bucket i of OTLP is (base^i, base^(i+1)]: what halving the scale makes of it is floor(i/2), and Prometheus names it by the upper bound.
            const index = Math.floor((offset + at) / 2 ** halvings) + 1;
            if (count > 0) {
              wanted.set(index, (wanted.get(index) ?? 0) + count);
            }
          }
          const spans = spansOf({ offset, counts: dense }, halvings);
          expect(byIndex(spans)).toEqual(wanted);
          expect(spans.spans.slice(1).every((span) => span.offset >= 3)).toBe(true);
          expect(spans.counts[0]).not.toBe(0);
          expect(spans.counts.at(-1)).not.toBe(0);
        },
      ),
    );
  });

  it('with extreme offsets and scales', () => {
    expect(spansOf({ offset: 2 ** 31 - 1, counts: [1, 1] }, 2 ** 31)).toEqual({
      spans: [{ offset: 1, length: 1 }],
      counts: [2],
    });
    expect(spansOf({ offset: -(2 ** 31), counts: [1] }, 2 ** 31)).toEqual({
      spans: [{ offset: 0, length: 1 }],
      counts: [1],
    });
    expect(spansOf({ offset: 0, counts: [] }, 0)).toEqual({ spans: [], counts: [] });
  });
});

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { NativeHistogram } from './metric-batch.ts';
import {
  addHistograms,
  bucketsOf,
  compactHistogram,
  downscaleHistogram,
  exponentialBound,
  indexedCounts,
} from './native-histogram.ts';

function histogram(given: Partial<NativeHistogram> = {}): NativeHistogram {
  const none = { spans: [], counts: [] };
  return {
    schema: 0,
    zeroThreshold: 0,
    zeroCount: 0,
    count: 0,
    sum: 0,
    positive: none,
    negative: none,
    customValues: [],
    resetHint: 'unknown',
    ...given,
  };
}

/** The exponential histogram that observing whole powers of a fine base gives. */
function observing(schema: number, indexes: readonly number[]): NativeHistogram {
  const counts = new Map<number, number>();
  for (const fine of indexes) {
    const index = Math.ceil(fine / 2 ** (8 - schema));
    counts.set(index, (counts.get(index) ?? 0) + 1);
  }
  const positive = bucketsOf([...counts].sort(([a], [b]) => a - b));
  return histogram({ schema, count: indexes.length, positive });
}

const fineIndexes = fc.array(fc.integer({ min: -3000, max: 3000 }), { maxLength: 60 });
const schema = fc.integer({ min: -4, max: 8 });

describe('native histograms', () => {
  it('spans and indexes say the same', () => {
    const buckets = {
      spans: [
        { offset: -2, length: 2 },
        { offset: 3, length: 1 },
        { offset: 0, length: 1 },
      ],
      counts: [1, 2, 3, 4],
    };
    expect(indexedCounts(buckets)).toEqual([
      [-2, 1],
      [-1, 2],
      [3, 3],
      [4, 4],
    ]);
    expect(bucketsOf(indexedCounts(buckets))).toEqual({
      spans: [
        { offset: -2, length: 2 },
        { offset: 3, length: 2 },
      ],
      counts: [1, 2, 3, 4],
    });
  });

  it('a span that claims more buckets than there are counts costs nothing', () => {
    expect(indexedCounts({ spans: [{ offset: 0, length: 4_000_000_000 }], counts: [1] })).toEqual([[0, 1]]);
  });

  it('downscaled, it is what observing at the coarser schema would have given', () => {
    fc.assert(
      fc.property(fineIndexes, schema, schema, (indexes, from, to) => {
        const coarser = Math.min(from, to);
        expect(downscaleHistogram(observing(from, indexes), coarser)).toEqual(observing(coarser, indexes));
      }),
    );
  });

  it('added, two are what observing everything at the coarser schema would have given, in either order', () => {
    fc.assert(
      fc.property(fineIndexes, fineIndexes, schema, schema, (left, right, leftSchema, rightSchema) => {
        const [first, second] = [observing(leftSchema, left), observing(rightSchema, right)];
        const whole = observing(Math.min(leftSchema, rightSchema), [...left, ...right]);
        expect(addHistograms(first, second)).toEqual(whole);
        expect(addHistograms(second, first)).toEqual(whole);
      }),
    );
  });

  it('takes the wider zero bucket, with the buckets that it reaches into', () => {
    const left = histogram({ zeroThreshold: 3, zeroCount: 1, count: 1 });
    // Buckets (0.5,1], (1,2], (2,4], (4,8].
    const right = histogram({
      zeroThreshold: 0.1,
      zeroCount: 2,
      count: 12,
      positive: { spans: [{ offset: 0, length: 4 }], counts: [1, 2, 3, 4] },
    });
    const sum = addHistograms(left, right);
    expect(sum).toMatchObject({ zeroThreshold: 4, zeroCount: 9, count: 13 });
    expect(sum?.positive).toEqual({ spans: [{ offset: 3, length: 1 }], counts: [4] });
    expect(addHistograms(right, left)).toEqual(sum);
  });

  it('keeps the custom bounds that both have', () => {
    const custom = (customValues: number[], counts: number[]) =>
      histogram({ schema: -53, customValues, positive: { spans: [{ offset: 0, length: counts.length }], counts } });
    const sum = addHistograms(custom([1, 2, 5], [1, 2, 3, 4]), custom([2, 5, 10], [10, 20, 30, 40]));
    expect(sum?.customValues).toEqual([2, 5]);
    expect(sum?.positive.counts).toEqual([13, 23, 74]);
    const same = addHistograms(custom([1, 2], [1, 2, 3]), custom([1, 2], [1, 1, 1]));
    expect(same).toMatchObject({ customValues: [1, 2], positive: { counts: [2, 3, 4] } });
  });

  it('cannot add custom bounds to exponential ones', () => {
    expect(addHistograms(histogram(), histogram({ schema: -53 }))).toBeUndefined();
  });

  it('compacted, it has neither empty buckets nor spans', () => {
    const spans = [
      { offset: 1, length: 1 },
      { offset: 0, length: 0 },
      { offset: 0, length: 3 },
    ];
    expect(compactHistogram(histogram({ positive: { spans, counts: [5, 0, 0, 7] } })).positive).toEqual({
      spans: [
        { offset: 1, length: 1 },
        { offset: 2, length: 1 },
      ],
      counts: [5, 7],
    });
  });

  it('bounds are powers of the base', () => {
    expect([exponentialBound(1, 0), exponentialBound(2, 1), exponentialBound(-1, -1), exponentialBound(8, 3)]).toEqual([
      2, 2, 0.25, 2,
    ]);
  });
});

import type { NativeHistogram } from '@aegisguard/model';
import { bucketsOf, compactHistogram } from '@aegisguard/model';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { sampleHistogram } from '../testing/sample-histogram.ts';
import { classicFraction, classicQuantile } from './classic-buckets.ts';
import { addHistograms, subtractHistograms } from './combine-histograms.ts';
import { convertToCustomBuckets } from './convert-to-custom-buckets.ts';
import { detectsReset } from './detects-reset.ts';
import { equalHistograms } from './equal-histograms.ts';
import { histogramFraction } from './histogram-fraction.ts';
import { histogramQuantile } from './histogram-quantile.ts';
import { HistogramSum } from './histogram-sum.ts';
import { histogramVariance } from './histogram-variance.ts';
import { parseBucketBound } from './parse-bucket-bound.ts';
import { negateHistogram, scaleHistogram } from './scale-histogram.ts';
import { trimHistogram } from './trim-histogram.ts';

const { POSITIVE_INFINITY: inf, NaN: nan } = Number;

const indexed = fc
  .uniqueArray(fc.integer({ min: -6, max: 6 }), { maxLength: 6 })
  .chain((indexes) =>
    fc.tuple(
      ...indexes.sort((a, b) => a - b).map((index) => fc.tuple(fc.constant(index), fc.integer({ min: 1, max: 50 }))),
    ),
  );

/** Histograms whose counts fit together, with observations of both signs and around 0. */
const exponential = fc
  .record({
    schema: fc.integer({ min: -1, max: 3 }),
    zeroCount: fc.integer({ min: 0, max: 9 }),
    positive: indexed,
    negative: indexed,
  })
  .map(({ schema, zeroCount, positive, negative }): NativeHistogram => {
    const count = [...positive, ...negative].reduce((sum, [, own]) => sum + own, zeroCount);
    return {
      ...sampleHistogram(),
      schema,
      zeroThreshold: 1e-4,
      zeroCount,
      count,
      sum: count / 2,
      positive: bucketsOf(positive),
      negative: bucketsOf(negative),
    };
  });

const custom = (customValues: number[], counts: number[], sum = 0): NativeHistogram =>
  sampleHistogram({
    schema: -53,
    customValues,
    positive: { spans: [{ offset: 0, length: counts.length }], counts },
    count: counts.reduce((total, count) => total + count, 0),
    sum,
  });

describe('sums', () => {
  it('addition commutes, and subtraction takes back what was added', () => {
    fc.assert(
      fc.property(exponential, exponential, (left, right) => {
        const sum = addHistograms(left, right)?.histogram;
        expect(sum && compactHistogram(sum)).toEqual(compactOf(addHistograms(right, left)?.histogram));
        const back = sum && subtractHistograms(sum, right)?.histogram;
        expect(back?.count).toBe(left.count);
        expect(compactOf(back)).toEqual(compactOf(addHistograms(left, scaleHistogram(right, 0))?.histogram));
      }),
    );
  });

  it('adding many one by one is adding them by and by', () => {
    fc.assert(
      fc.property(exponential, fc.array(exponential, { maxLength: 5 }), (first, others) => {
        const sum = new HistogramSum(first, 'sum');
        const mean = new HistogramSum(first, 'mean');
        let expected = first;
        for (const other of others) {
          sum.add(other);
          mean.add(other);
          expected = addHistograms(expected, other)?.histogram ?? expected;
        }
        expect(compactOf(sum.value())).toEqual(compactOf(expected));
        expect(mean.value().count).toBeCloseTo(expected.count / (others.length + 1), 9);
      }),
    );
  });

  it('a small count is not lost among large ones, and a mean does not overflow', () => {
    const sum = new HistogramSum(sampleHistogram({ sum: 1e100 }), 'sum');
    sum.add(sampleHistogram({ sum: 1 }));
    sum.add(sampleHistogram({ sum: -1e100 }));
    expect(sum.value().sum).toBe(1);
    const mean = new HistogramSum(sampleHistogram({ sum: Number.MAX_VALUE }), 'mean');
    mean.add(sampleHistogram({ sum: Number.MAX_VALUE }));
    mean.add(sampleHistogram({ sum: Number.MAX_VALUE }));
    expect(mean.value().sum / Number.MAX_VALUE).toBeCloseTo(1, 12);
    expect(mean.value().count).toBeCloseTo(3, 12);
  });

  it('hints: a gauge makes a gauge, a conflict is told', () => {
    const of = (resetHint: NativeHistogram['resetHint']) => sampleHistogram({ resetHint });
    const hints = ['unknown', 'reset', 'not-reset', 'gauge'] as const;
    const table = hints.map((left) => hints.map((right) => addHistograms(of(left), of(right))?.histogram.resetHint));
    expect(table).toEqual([
      ['unknown', 'unknown', 'unknown', 'gauge'],
      ['unknown', 'reset', 'unknown', 'gauge'],
      ['unknown', 'unknown', 'not-reset', 'gauge'],
      ['gauge', 'gauge', 'gauge', 'gauge'],
    ]);
    expect(addHistograms(of('reset'), of('not-reset'))?.isResetConflict).toBe(true);
    expect(negateHistogram(of('reset'))).toMatchObject({ resetHint: 'gauge', count: -3, sum: -3.5 });
  });
});

describe('equality and resets', () => {
  it('a histogram equals itself and no scaled one, however spans are written', () => {
    fc.assert(
      fc.property(exponential, (histogram) => {
        expect(equalHistograms(histogram, structuredClone(histogram))).toBe(true);
        expect(detectsReset(histogram, histogram)).toBe(false);
        if (histogram.count > 0) {
          expect(equalHistograms(histogram, scaleHistogram(histogram, 2))).toBe(false);
          expect(detectsReset(histogram, scaleHistogram(histogram, 2))).toBe(true);
          expect(detectsReset(scaleHistogram(histogram, 2), histogram)).toBe(false);
        }
      }),
    );
    const split = {
      spans: [
        { offset: 0, length: 1 },
        { offset: 0, length: 0 },
        { offset: 0, length: 1 },
      ],
      counts: [2, 1],
    };
    expect(equalHistograms(sampleHistogram(), sampleHistogram({ positive: split }))).toBe(true);
    expect(equalHistograms(sampleHistogram({ sum: nan }), sampleHistogram({ sum: nan }))).toBe(true);
  });
});

describe('trimming', () => {
  it('at infinity it keeps all, and both sides of a limit together are all', () => {
    fc.assert(
      fc.property(exponential, fc.double({ min: -100, max: 100, noNaN: true }), (histogram, limit) => {
        expect(trimHistogram(histogram, inf, 'below')).toBe(histogram);
        expect(trimHistogram(histogram, -inf, 'above')).toBe(histogram);
        const halves = trimHistogram(histogram, limit, 'below').count + trimHistogram(histogram, limit, 'above').count;
        expect(halves).toBeCloseTo(histogram.count, 6);
      }),
    );
  });

  it('interpolates a cut bucket, exponentially or, with custom bounds, linearly', () => {
    // (0.5,1] has 2, (1,2] has 1; √2 is the middle of the second one on a logarithmic scale.
    const below = trimHistogram(sampleHistogram(), Math.SQRT2, 'below');
    expect(below.count).toBeCloseTo(2.5, 12);
    expect(below.sum).toBeCloseTo(2 * Math.sqrt(0.5) + 0.5 * Math.sqrt(Math.SQRT2), 12);
    const above = trimHistogram(custom([5, 10], [4, 8, 2], 80), 6, 'above');
    expect(above).toMatchObject({ count: 8.4, positive: { counts: [6.4, 2] } });
    expect(above.sum).toBeCloseTo(6.4 * 8 + 2 * 10, 12);
    expect(trimHistogram(custom([5, 10], [4, 8, 2], 80), 12, 'below')).toMatchObject({ count: 12 });
  });
});

describe('quantiles and fractions', () => {
  it('rise with the quantile, and the fraction below one is that quantile', () => {
    fc.assert(
      fc.property(
        exponential,
        fc.double({ min: 0.01, max: 0.99, noNaN: true }),
        fc.double({ min: 0.01, max: 0.99, noNaN: true }),
        (histogram, one, other) => {
          fc.pre(histogram.count > 0);
          const [lower, higher] = [Math.min(one, other), Math.max(one, other)].map(
            (q) => histogramQuantile(histogram, q).value,
          );
          expect((lower ?? nan) <= (higher ?? nan) + 1e-9).toBe(true);
          const value = histogramQuantile(histogram, one).value;
          expect(histogramFraction(histogram, -inf, value).value).toBeCloseTo(one, 6);
        },
      ),
    );
  });

  it.each([
    [-0.1, -inf],
    [1.1, inf],
    [0, 0.5],
    [1, 2],
    [1 / 3, Math.SQRT1_2],
    [5 / 6, Math.SQRT2],
  ])('quantile %d of (0.5,1]:2 (1,2]:1 is %d', (quantile, expected) => {
    expect(histogramQuantile(sampleHistogram(), quantile).value).toBeCloseTo(expected, 12);
  });

  it('NaN has no quantile, nor has a histogram without observations', () => {
    expect(histogramQuantile(sampleHistogram(), nan).value).toBeNaN();
    expect(histogramQuantile(sampleHistogram({ count: 0 }), 0.5).value).toBeNaN();
    expect(histogramFraction(sampleHistogram(), nan, 1).value).toBeNaN();
    expect(histogramFraction(sampleHistogram(), 2, 1).value).toBe(0);
  });

  it('in custom buckets it is linear, from 0 on, and not beyond the last bound', () => {
    const histogram = custom([5, 10], [4, 8, 2]);
    expect(histogramQuantile(histogram, 1 / 7).value).toBeCloseTo(2.5, 12);
    expect(histogramQuantile(histogram, 1).value).toBe(10);
    expect(histogramQuantile(custom([-5, 10], [4, 8]), 0.1).value).toBe(-5);
    expect(histogramFraction(histogram, 0, 5).value).toBeCloseTo(4 / 14, 12);
  });

  it('observations of NaN are told', () => {
    const withNan = sampleHistogram({ count: 4, sum: nan });
    expect(histogramQuantile(withNan, 0.9)).toEqual({ value: nan, nanObservations: 'result' });
    expect(histogramQuantile(withNan, 0.25)).toMatchObject({ nanObservations: 'skew' });
    expect(histogramFraction(withNan, 0, inf)).toEqual({ value: 0.75, hasNanObservations: true });
    expect(histogramQuantile(sampleHistogram({ sum: nan }), 0.25).nanObservations).toBeUndefined();
  });

  it('the variance takes the middles of buckets', () => {
    expect(histogramVariance(custom([0, 2, 4], [0, 2, 2], 8))).toBe(1);
    expect(
      histogramVariance(sampleHistogram({ zeroCount: 5, count: 5, sum: 0, positive: { spans: [], counts: [] } })),
    ).toBe(0);
  });
});

describe('classic histograms', () => {
  const buckets = [
    { upper: inf, count: 14 },
    { upper: 5, count: 4 },
    { upper: 10, count: 12 },
  ];

  it('quantiles and fractions are those of the same as custom buckets', () => {
    const native = convertToCustomBuckets({ buckets, count: undefined, sum: 80 });
    expect(native).toMatchObject({ count: 14, sum: 80, customValues: [5, 10], positive: { counts: [4, 8, 2] } });
    fc.assert(
      fc.property(
        fc.double({ min: 0.01, max: 0.99, noNaN: true }),
        fc.double({ min: 0.1, max: 20, noNaN: true }),
        (quantile, value) => {
          expect(native && histogramQuantile(native, quantile).value).toBeCloseTo(
            classicQuantile(buckets, quantile).value,
            9,
          );
          expect(native && histogramFraction(native, 0, value).value).toBeCloseTo(
            classicFraction(buckets, 0, value),
            9,
          );
        },
      ),
    );
  });

  it('falls are raised and told, rounding is not', () => {
    const falling = [
      { upper: 1, count: 10 },
      { upper: 2, count: 8 },
      { upper: 3, count: 9 },
      { upper: inf, count: 20 },
    ];
    expect(classicQuantile(falling, 0.5).forced).toEqual({ first: 2, last: 3, differenceMax: 2 });
    const rounded = [
      { upper: 1, count: 10 },
      { upper: 2, count: 10 * (1 - 1e-14) },
      { upper: inf, count: 20 },
    ];
    expect(classicQuantile(rounded, 0.5).forced).toBeUndefined();
  });

  it('without a last bucket, another one, or observations there is no quantile', () => {
    expect(classicQuantile([{ upper: 1, count: 1 }], 0.5).value).toBeNaN();
    expect(classicQuantile([{ upper: inf, count: 1 }], 0.5).value).toBeNaN();
    expect(
      classicQuantile(
        [
          { upper: 1, count: 0 },
          { upper: inf, count: 0 },
        ],
        0.5,
      ).value,
    ).toBeNaN();
    expect(classicFraction([{ upper: 1, count: 1 }], 0, 1)).toBeNaN();
  });

  it('becomes no native one when counts fall; a missing last bucket holds the count', () => {
    expect(
      convertToCustomBuckets({
        buckets: [
          { upper: 1, count: 2 },
          { upper: 2, count: 1 },
        ],
        count: 2,
        sum: 0,
      }),
    ).toBeUndefined();
    expect(convertToCustomBuckets({ buckets: [{ upper: 1, count: 2 }], count: 5, sum: 7 })).toMatchObject({
      count: 5,
      sum: 7,
      customValues: [1],
      positive: { counts: [2, 3] },
    });
  });

  it.each([
    ['+Inf', inf],
    ['inf', inf],
    ['-Inf', -inf],
    ['1e3', 1000],
    ['.5', 0.5],
    ['', undefined],
    ['1e999', undefined],
    ['five', undefined],
    [' 1', undefined],
  ])('le="%s" is %s', (text, bound) => {
    expect(parseBucketBound(text)).toBe(bound);
  });
});

function compactOf(histogram: NativeHistogram | undefined): NativeHistogram | undefined {
  return histogram && compactHistogram(histogram);
}

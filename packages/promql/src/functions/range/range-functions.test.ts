import { AegisError } from '@aegisguard/model';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { WindowTable } from '../../evaluate/window-table.ts';
import {
  callFunction,
  contextOf,
  matrix,
  rangeSeries,
  type Sample,
  samplesOf,
  scalar,
  type TestAnswer,
} from '../../testing/call-function.ts';
import { sampleHistogram } from '../../testing/sample-histogram.ts';
import { FLOAT_FUNCTIONS } from '../float-functions.ts';

const { NaN: nan, POSITIVE_INFINITY: inf, MAX_VALUE: huge } = Number;
const IGNORED =
  'PromQL info: ignored histograms in a range containing both floats and histograms for metric name "m" (1:1)';
const MIXED = 'PromQL warning: encountered a mix of histograms and floats for metric name "m" (1:1)';

/** A function of a window that holds samples a second apart, the last at its end. */
function call(name: string, samples: readonly Sample[], ...scalars: readonly number[]): TestAnswer {
  const endMs = samples.length * 1000;
  const range = matrix([endMs], endMs, rangeSeries(samples.map((sample, index) => [(index + 1) * 1000, sample])));
  const others = scalars.map((value) => scalar(value));
  const values = name === 'quantile_over_time' ? [...others, range] : [range, ...others];
  return callFunction(FLOAT_FUNCTIONS, name, { pointsMs: [endMs], values });
}

function resultOf(name: string, samples: readonly Sample[], ...scalars: readonly number[]): Sample | undefined {
  return samplesOf(call(name, samples, ...scalars).value)[0];
}

it.each<[string, ...(readonly [samples: readonly number[], expected: number | undefined])[]]>([
  ['sum_over_time', [[1, 2, 3], 6], [[1e100, 1, -1e100], 1], [[1, nan], nan], [[inf, 1], inf], [[inf, -inf], nan]],
  ['sum_over_time', [[huge, huge], inf], [[], undefined]],
  ['avg_over_time', [[1, 2, 6], 3], [[huge, huge], huge], [[-huge, -huge], -huge], [[1e100, 1, -1e100], 1 / 3]],
  ['avg_over_time', [[inf, 1], inf], [[inf, -inf], nan], [[1, nan], nan], [[7], 7], [[], undefined]],
  ['avg_over_time', [Array.from({ length: 49 }, () => 1), 1]],
  ['count_over_time', [[1, nan], 2], [[], undefined]],
  ['present_over_time', [[nan], 1], [[], undefined]],
  ['min_over_time', [[3, 1, 2], 1], [[nan, 2, nan], 2], [[nan, nan], nan], [[-inf, 1], -inf], [[], undefined]],
  ['max_over_time', [[1, 3, 2], 3], [[nan, 2, nan], 2], [[nan, nan], nan], [[inf, 1], inf], [[], undefined]],
  ['ts_of_min_over_time', [[1, 0, 0, 2], 3], [[nan, 5, nan], 2], [[nan, nan], 2], [[], undefined]],
  ['ts_of_max_over_time', [[1, 2, 2, 0], 3], [[nan, 5, nan], 2], [[nan, nan], 2], [[], undefined]],
  ['first_over_time', [[5, 6], 5], [[], undefined]],
  ['last_over_time', [[5, 6], 6], [[], undefined]],
  ['ts_of_first_over_time', [[5, 6], 1], [[], undefined]],
  ['ts_of_last_over_time', [[5, 6], 2], [[], undefined]],
  ['stdvar_over_time', [[2, 4, 4, 4, 5, 5, 7, 9], 4], [[3], 0], [[1, nan], nan], [[1, inf], nan], [[], undefined]],
  ['stddev_over_time', [[2, 4, 4, 4, 5, 5, 7, 9], 2], [[3], 0], [[1e9 + 1, 1e9 + 3], 1], [[], undefined]],
  ['mad_over_time', [[4, 6, 2, 1, 999, 1, 2], 1], [[1, 2], 0.5], [[3], 0], [[1, nan, 2], nan], [[], undefined]],
  ['deriv', [[0, 10, 20], 10], [[5, 5], 0], [[1, 3, 2], 0.5], [[3], undefined], [[], undefined], [[inf, inf], nan]],
  ['deriv', [[0, inf], nan], [[nan, nan], nan]],
])('%s of floats', (name, ...cases) => {
  for (const [samples, expected] of cases) {
    const answer = call(name, samples);
    const [found] = samplesOf(answer.value);
    expect([name, samples, found]).toEqual([name, samples, expected]);
    expect(answer.annotations).toEqual([]);
  }
});

describe('quantile_over_time', () => {
  it.each([
    [0, [3, 1, 2], 1],
    [0.5, [3, 1, 2], 2],
    [0.75, [3, 1, 2], 2.5],
    [1, [3, 1, 2], 3],
    [0.9, [7], 7],
    // NaN is less than every number.
    [0, [3, nan, 2], nan],
    [0.5, [3, nan, 2], 2],
    [1, [3, nan, 2], 3],
  ])('%d of %o is %d', (quantile, samples, expected) => {
    const answer = call('quantile_over_time', samples, quantile);
    expect(samplesOf(answer.value)).toEqual([expected]);
    expect(answer.annotations).toEqual([]);
  });

  it.each([
    [-0.1, -inf, '-0.1'],
    [1.5, inf, '1.5'],
    [nan, nan, 'NaN'],
    [inf, inf, '+Inf'],
    [1234567, inf, '1.234567e+06'],
  ])('warns of %d', (quantile, expected, written) => {
    const answer = call('quantile_over_time', [1, 2], quantile);
    expect(samplesOf(answer.value)).toEqual([expected]);
    expect(answer.annotations).toEqual([
      `PromQL warning: quantile value should be between 0 and 1, got ${written} (1:1)`,
    ]);
  });

  it('says nothing where there is nothing', () => {
    expect(call('quantile_over_time', [sampleHistogram()], 2).annotations).toEqual([]);
  });
});

describe('predict_linear', () => {
  it.each<[readonly number[], number, number | undefined]>([
    [[0, 10, 20], 10, 120],
    [[0, 10, 20], 0, 20],
    [[0, 10, 20], -2, 0],
    [[5, 5, 5], 100, 5],
    [[5], 100, undefined],
    [[1, inf], 1, nan],
  ])('of %o in %d s is %d', (samples, seconds, expected) => {
    expect(resultOf('predict_linear', samples, seconds)).toEqual(expected);
  });

  it('counts from the time of evaluation, also when the window is an older one', () => {
    const series = rangeSeries([
      [1000, 1],
      [2000, 2],
    ]);
    const values = [matrix([2000], 2000, series), scalar(0)];
    const { value } = callFunction(FLOAT_FUNCTIONS, 'predict_linear', { pointsMs: [10_000], values });
    expect(samplesOf(value)).toEqual([10]);
  });
});

describe('double_exponential_smoothing', () => {
  it('continues a straight line, whatever the factors', () => {
    const factor = fc.double({ min: 0.01, max: 0.99, noNaN: true });
    fc.assert(
      fc.property(factor, factor, fc.integer({ min: -9, max: 9 }), (smoothing, trend, slope) => {
        const line = Array.from({ length: 20 }, (_, index) => 5 + slope * index);
        expect(resultOf('double_exponential_smoothing', line, smoothing, trend)).toBeCloseTo(5 + slope * 19, 6);
      }),
    );
  });

  it('weighs the level and the trend', () => {
    // Level 1, trend 1; then 0.5·2 + 0.5·(1 + 1) = 2; then the trend 0.25·1 + 0.75·1 = 1 and 0.5·5 + 0.5·(2 + 1) = 4.
    expect(resultOf('double_exponential_smoothing', [1, 2, 5], 0.5, 0.25)).toBe(4);
    // The trend becomes 0.25·2 + 0.75·1 = 1.25, so the level 0.5·5 + 0.5·(4 + 1.25).
    expect(resultOf('double_exponential_smoothing', [1, 2, 5, 5], 0.5, 0.25)).toBe(5.125);
    expect(resultOf('double_exponential_smoothing', [1], 0.5, 0.5)).toBeUndefined();
  });

  it.each([
    [0, 0.5, 'invalid smoothing factor. Expected: 0 < sf < 1, got: 0.000000'],
    [1, 0.5, 'invalid smoothing factor. Expected: 0 < sf < 1, got: 1.000000'],
    [0.5, -0.25, 'invalid trend factor. Expected: 0 < tf < 1, got: -0.250000'],
    [0.5, inf, 'invalid trend factor. Expected: 0 < tf < 1, got: +Inf'],
  ])('refuses the factors %d and %d', (smoothing, trend, detail) => {
    const failed = (): unknown => call('double_exponential_smoothing', [1, 2], smoothing, trend);
    expect(failed).toThrow(AegisError);
    expect(failed).toThrow(detail);
  });
});

describe('windows with histograms', () => {
  const histogram = sampleHistogram();
  const scalarsOf: Readonly<Record<string, readonly number[]>> = {
    quantile_over_time: [0.5],
    predict_linear: [1],
    double_exponential_smoothing: [0.5, 0.5],
  };
  const floatsOnly = [
    'min_over_time',
    'max_over_time',
    'ts_of_min_over_time',
    'ts_of_max_over_time',
    'stddev_over_time',
    'stdvar_over_time',
    'mad_over_time',
    'quantile_over_time',
    'deriv',
    'predict_linear',
    'double_exponential_smoothing',
  ];

  it.each(floatsOnly)('%s ignores them, and says so beside floats', (name) => {
    const scalars = scalarsOf[name] ?? [];
    const only = call(name, [histogram, histogram], ...scalars);
    expect([samplesOf(only.value), only.annotations]).toEqual([[undefined], []]);
    const mixed = call(name, [1, 2, histogram], ...scalars);
    expect(samplesOf(mixed.value)[0]).toBeTypeOf('number');
    expect(mixed.annotations).toEqual([IGNORED]);
  });

  it.each(['deriv', 'predict_linear', 'double_exponential_smoothing'])(
    '%s says so even when one float is too few',
    (name) => {
      const answer = call(name, [1, histogram], ...(scalarsOf[name] ?? []));
      expect([samplesOf(answer.value), answer.annotations]).toEqual([[undefined], [IGNORED]]);
    },
  );

  it('the first and the last sample are of either kind', () => {
    const other = sampleHistogram({ sum: 1 });
    expect(resultOf('first_over_time', [histogram, 1, other])).toEqual(histogram);
    expect(resultOf('last_over_time', [histogram, 1, other])).toEqual(other);
    expect(resultOf('first_over_time', [1, histogram])).toBe(1);
    expect(resultOf('last_over_time', [histogram, 1])).toBe(1);
    expect(resultOf('ts_of_first_over_time', [histogram, 1])).toBe(1);
    expect(resultOf('ts_of_last_over_time', [1, histogram])).toBe(2);
    expect(resultOf('count_over_time', [1, histogram])).toBe(2);
    expect(resultOf('present_over_time', [histogram])).toBe(1);
  });

  it('sums and averages are of one kind', () => {
    for (const name of ['sum_over_time', 'avg_over_time']) {
      const answer = call(name, [1, histogram]);
      expect([samplesOf(answer.value), answer.annotations]).toEqual([[undefined], [MIXED]]);
    }
  });

  it('adds and averages histograms', () => {
    const other = sampleHistogram({ sum: 6.5, count: 5, positive: { spans: [{ offset: 1, length: 1 }], counts: [5] } });
    expect(resultOf('sum_over_time', [histogram, other])).toMatchObject({
      count: 8,
      sum: 10,
      positive: { spans: [{ offset: 0, length: 2 }], counts: [2, 6] },
    });
    expect(resultOf('avg_over_time', [histogram, other])).toMatchObject({
      count: 4,
      sum: 5,
      positive: { spans: [{ offset: 0, length: 2 }], counts: [1, 3] },
    });
    expect(resultOf('sum_over_time', [histogram])).toEqual(histogram);
  });

  it('warns of kinds of histograms that cannot be added', () => {
    const custom = sampleHistogram({ schema: -53, customValues: [1, 2] });
    for (const name of ['sum_over_time', 'avg_over_time']) {
      const answer = call(name, [histogram, custom]);
      expect(samplesOf(answer.value)).toEqual([undefined]);
      expect(answer.annotations).toEqual([
        'PromQL warning: vector contains a mix of histograms with exponential and custom buckets schemas for metric name "m" (1:1)',
      ]);
    }
  });

  it('says what had to be reconciled', () => {
    const reset = sampleHistogram({ resetHint: 'reset' });
    const notReset = sampleHistogram({ resetHint: 'not-reset' });
    expect(call('sum_over_time', [reset, histogram, notReset]).annotations).toEqual([
      'PromQL warning: conflicting counter resets during histogram aggregation (1:1)',
    ]);
    const custom = sampleHistogram({ schema: -53, customValues: [1, 2] });
    const other = sampleHistogram({ schema: -53, customValues: [1, 3] });
    expect(call('avg_over_time', [custom, other]).annotations).toEqual([
      'PromQL info: mismatched custom buckets were reconciled during aggregation (1:1)',
    ]);
  });
});

describe('windows', () => {
  it('begin after their start and end with their end', () => {
    const series = rangeSeries([
      [1000, 1],
      [2000, 2],
      [3000, 4],
    ]);
    const values = [matrix([1000, 2000, 3000, 4000, 5000], 2000, series)];
    const { value } = callFunction(FLOAT_FUNCTIONS, 'sum_over_time', { pointsMs: [1, 2, 3, 4, 5], values });
    expect(samplesOf(value)).toEqual([1, 3, 6, 4, undefined]);
  });

  it('agree with what they say of each other', () => {
    const number = fc.integer({ min: -1000, max: 1000 });
    fc.assert(
      fc.property(fc.array(number, { minLength: 2, maxLength: 30 }), (samples) => {
        const of = (name: string, ...scalars: readonly number[]) => Number(resultOf(name, samples, ...scalars));
        expect(of('sum_over_time')).toBeCloseTo(of('avg_over_time') * of('count_over_time'), 6);
        expect(of('quantile_over_time', 0)).toBe(of('min_over_time'));
        expect(of('quantile_over_time', 1)).toBe(of('max_over_time'));
        expect(of('stddev_over_time') ** 2).toBeCloseTo(of('stdvar_over_time'), 6);
        expect(samples[of('ts_of_max_over_time') - 1]).toBe(of('max_over_time'));
        expect(samples[of('ts_of_min_over_time') - 1]).toBe(of('min_over_time'));
        expect(of('predict_linear', 1) - of('predict_linear', 0)).toBeCloseTo(of('deriv'), 6);
        expect(of('avg_over_time')).toBeGreaterThanOrEqual(of('min_over_time') - 1e-9);
      }),
    );
  });

  it('all windows at once give what each of them gives', () => {
    const number = fc.oneof(
      { weight: 4, arbitrary: fc.integer({ min: -3, max: 3 }) },
      fc.constantFrom(nan, inf, -inf, -0),
    );
    const atOnce = Object.entries(FLOAT_FUNCTIONS).flatMap(([name, implementation]) =>
      implementation.kind === 'range' && implementation.seriesEvaluator
        ? [[name, implementation.seriesEvaluator] as const]
        : [],
    );
    expect(atOnce.map(([name]) => name)).toContain('max_over_time');
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.integer({ min: 1, max: 5 }), number), { maxLength: 30 }),
        fc.integer({ min: 1, max: 20 }),
        fc.constantFrom(...atOnce),
        (steps, rangeS, [name, seriesEvaluator]) => {
          const samples: [timestampMs: number, value: number][] = [];
          for (const [distance, value] of steps) {
            samples.push([(samples.at(-1)?.[0] ?? 0) + distance * 1000, value]);
          }
          const series = rangeSeries(samples);
          const ends = Array.from({ length: 25 }, (_, point) => point * 3000);
          const range = matrix(ends, rangeS * 1000, series);
          const windows = new WindowTable({ windowEndsMs: Float64Array.from(ends), rangeMs: rangeS * 1000 });
          windows.fill(series.timestampsMs);
          const column = { kinds: new Uint8Array(ends.length), values: new Float64Array(ends.length) };
          const evaluateSeries = seriesEvaluator(contextOf(name, { values: [range] }));
          const count = evaluateSeries(series, windows, column);
          const found = Array.from(column.kinds, (kind, point) => (kind === 0 ? undefined : column.values[point]));
          expect(found).toEqual(samplesOf(callFunction(FLOAT_FUNCTIONS, name, { values: [range] }).value));
          expect(count).toBe(found.filter((value) => value !== undefined).length);
        },
      ),
    );
  });

  it('keep their names at their ends only', () => {
    const keeping = Object.entries(FLOAT_FUNCTIONS).flatMap(([name, implementation]) =>
      'keepsName' in implementation ? [name] : [],
    );
    expect(keeping).toEqual(['first_over_time', 'last_over_time']);
  });
});

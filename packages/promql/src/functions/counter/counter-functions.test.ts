import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { POINT, type RangeSeries, type Value } from '../../evaluate/value.ts';
import { WindowTable } from '../../evaluate/window-table.ts';
import {
  callFunction,
  contextOf,
  matrix,
  rangeSeries,
  type Sample,
  samplesOf,
  type TestAnswer,
  vectorSeries,
} from '../../testing/call-function.ts';
import { sampleHistogram } from '../../testing/sample-histogram.ts';
import { COUNTER_FUNCTIONS } from '../counter-functions.ts';
import type { Window } from '../function-implementation.ts';

const S = 1000;
const INFO = 'PromQL info: metric might not be a counter, name does not end in _total/_sum/_count/_bucket: "m" (1:1)';

type Timed = readonly (readonly [seconds: number, sample: Sample])[];

function named(series: RangeSeries, name = 'm_total', startsMs: Float64Array = series.startsMs): RangeSeries {
  return { ...series, labels: [['__name__', name]], startsMs };
}

function timed(samples: Timed): RangeSeries {
  return named(rangeSeries(samples.map(([seconds, sample]) => [seconds * S, sample])));
}

function call(name: string, samples: Timed, endS: number, rangeS: number): TestAnswer {
  return callFunction(COUNTER_FUNCTIONS, name, { values: [matrix([endS * S], rangeS * S, timed(samples))] });
}

function resultOf(name: string, samples: Timed, endS: number, rangeS: number): Sample | undefined {
  return samplesOf(call(name, samples, endS, rangeS).value)[0];
}

/** A window that sees all samples of a series, as anchored and smoothed ones do. */
function extended(
  name: string,
  extension: 'anchored' | 'smoothed',
  samples: Timed,
  startS: number,
  endS: number,
): Sample | undefined {
  const series = timed(samples);
  const implementation = COUNTER_FUNCTIONS[name];
  const rangeMs = (endS - startS) * S;
  const range: Value = {
    type: 'matrix',
    series: [series],
    windowEndsMs: Float64Array.of(endS * S),
    rangeMs,
    extension,
  };
  const window: Window = {
    series,
    point: 0,
    startMs: startS * S,
    endMs: endS * S,
    first: 0,
    end: series.timestampsMs.length,
    firstHistogram: 0,
    endHistogram: series.histograms.length,
  };
  return implementation?.kind === 'range'
    ? implementation.evaluate(window, contextOf('f', { values: [range] }))
    : undefined;
}

const steady: Timed = [0, 15, 30, 45, 60].map((seconds) => [seconds + 5, 100 + seconds * 2]);

describe('floats', () => {
  it.each<[string, Timed, number, number, number | undefined]>([
    // Samples at 5 … 65 in (0, 70]: near both edges, so that the slope of 2/s goes on.
    ['increase', steady, 70, 70, 140],
    ['rate', steady, 70, 70, 2],
    ['delta', steady, 70, 70, 140],
    // In (−100, 100] they are far from both: half a distance of 15 is added at each.
    ['increase', steady, 100, 200, 150],
    // A counter that was 2 a second before its first sample was 0 a second before that.
    [
      'increase',
      [
        [10, 2],
        [20, 22],
        [30, 42],
      ],
      35,
      30,
      52,
    ],
    // It began anew at 20: 10 at the end, and a second more to the window's start.
    [
      'increase',
      [
        [10, 40],
        [20, 5],
        [30, 10],
      ],
      30,
      21,
      10.5,
    ],
    [
      'delta',
      [
        [10, 40],
        [20, 5],
        [30, 10],
      ],
      30,
      21,
      -31.5,
    ],
    ['increase', [[10, 1]], 30, 20, undefined],
    ['rate', [], 30, 20, undefined],
    [
      'irate',
      [
        [10, 1],
        [20, 2],
        [25, 12],
      ],
      30,
      30,
      2,
    ],
    [
      'irate',
      [
        [20, 20],
        [25, 10],
      ],
      30,
      30,
      2,
    ],
    [
      'idelta',
      [
        [20, 20],
        [25, 10],
      ],
      30,
      30,
      -10,
    ],
    ['idelta', [[20, 20]], 30, 30, undefined],
    [
      'resets',
      [
        [1, 5],
        [2, 3],
        [3, 3],
        [4, 1],
        [5, 9],
      ],
      5,
      5,
      2,
    ],
    ['resets', [], 5, 5, undefined],
    [
      'changes',
      [
        [1, 5],
        [2, 3],
        [3, 3],
        [4, Number.NaN],
        [5, Number.NaN],
      ],
      5,
      5,
      2,
    ],
  ])('%s of %j at %d over %d is %d', (name, samples, endS, rangeS, expected) => {
    const found = resultOf(name, samples, endS, rangeS);
    expect(typeof found === 'number' && expected !== undefined ? found - expected : (found ?? 0)).toBeCloseTo(0, 9);
    expect(found === undefined).toBe(expected === undefined);
  });

  it('all windows at once give what each of them gives', () => {
    const samples = fc.array(
      fc.tuple(fc.integer({ min: 1, max: 30 }), fc.integer({ min: 0, max: 50 }), fc.integer({ min: -20, max: 60 })),
      { maxLength: 40 },
    );
    fc.assert(
      fc.property(
        samples,
        fc.integer({ min: 1, max: 120 }),
        fc.constantFrom('rate', 'increase', 'delta'),
        (steps, rangeS, name) => {
          const timedSamples: [timeMs: number, value: number][] = [];
          for (const [distance, value] of steps) {
            timedSamples.push([(timedSamples.at(-1)?.[0] ?? 0) + distance * S, value]);
          }
          const starts = Float64Array.from(steps, ([, , back], index) =>
            back > 30 ? 0 : Math.max(0, (timedSamples[index]?.[0] ?? 0) - back * S),
          );
          const series = named(rangeSeries(timedSamples), 'm', starts);
          const ends = Array.from({ length: 30 }, (_, point) => point * 23 * S);
          const range = matrix(ends, rangeS * S, series);
          const single = callFunction(COUNTER_FUNCTIONS, name, { values: [range] });
          const draft = vectorSeries(
            {},
            ends.map(() => undefined),
          );
          const implementation = COUNTER_FUNCTIONS[name];
          const context = contextOf('f', { values: [range] });
          if (implementation?.kind !== 'range' || range.type !== 'matrix') {
            throw new Error(`${name} is no function of windows`);
          }
          const windows = new WindowTable(range);
          windows.fill(series.timestampsMs);
          const results = implementation.seriesEvaluator?.(context)(series, windows, draft);
          expect(results).toBe(draft.kinds.filter((kind) => kind === POINT.float).length);
          expect(
            Array.from(draft.kinds, (kind, point) => (kind === POINT.float ? draft.values[point] : undefined)),
          ).toEqual(samplesOf(single.value));
          expect(context.annotations.infos.length + context.annotations.warnings.length).toBe(
            single.annotations.length,
          );
        },
      ),
    );
  });

  it('says of rate and increase that a metric may be no counter, where there is a result', () => {
    const unnamed = named(timed(steady), 'm');
    const ask = (name: string, endS: number) =>
      callFunction(COUNTER_FUNCTIONS, name, { values: [matrix([endS * S], 70 * S, unnamed)] }).annotations;
    expect(ask('rate', 70)).toEqual([INFO]);
    expect(ask('increase', 70)).toEqual([INFO]);
    expect(ask('rate', 700)).toEqual([]);
    expect(ask('delta', 70)).toEqual([]);
    expect(call('rate', steady, 70, 70).annotations).toEqual([]);
  });
});

describe('start timestamps', () => {
  const ask = (name: string, values: readonly number[], startsS: readonly number[], rangeS = 100) => {
    const series = named(
      rangeSeries(values.map((value, index) => [(index + 1) * 10 * S, value])),
      'm_total',
      Float64Array.from(startsS, (second) => second * S),
    );
    return samplesOf(
      callFunction(COUNTER_FUNCTIONS, name, { values: [matrix([values.length * 10 * S], rangeS * S, series)] }).value,
    )[0];
  };

  it('tell of resets that values do not show', () => {
    // Began anew at 15, and counted to more than before.
    expect(ask('resets', [5, 6, 7], [1, 15, 15])).toBe(1);
    expect(ask('irate', [5, 6], [1, 15])).toBe(0.6);
    expect(ask('idelta', [5, 6], [1, 15])).toBe(1);
    // Increments: each begins where the one before ended.
    expect(ask('resets', [5, 6, 7], [1, 10, 20])).toBe(2);
    // The same without knowing the first one's start is a counter with an unknown one.
    expect(ask('resets', [5, 6], [0, 10])).toBe(0);
    expect(ask('resets', [5, 6], [5, 20])).toBe(0);
  });

  it('stand for a sample of 0 within the window', () => {
    expect(ask('increase', [5], [4])).toBe(5);
    expect(ask('increase', [5, 10], [5, 5], 18)).toBeCloseTo(10, 12);
    expect(ask('increase', [5], [0])).toBeUndefined();
    expect(ask('increase', [5], [10])).toBeUndefined();
    expect(ask('delta', [5], [4])).toBeUndefined();
  });
});

describe('anchored and smoothed', () => {
  const samples: Timed = [
    [10, 10],
    [20, 30],
    [30, 4],
    [40, 14],
    [50, 20],
  ];

  it.each<[string, 'anchored' | 'smoothed', number, number, number | undefined]>([
    // The last sample before the start counts as it is, nothing is extrapolated.
    ['increase', 'anchored', 15, 25, 20],
    ['increase', 'anchored', 20, 50, 20],
    ['delta', 'anchored', 20, 50, -10],
    ['rate', 'anchored', 30, 50, 0.8],
    ['resets', 'anchored', 25, 45, 1],
    ['changes', 'anchored', 20, 50, 3],
    ['increase', 'anchored', 55, 60, undefined],
    ['resets', 'anchored', 50, 60, undefined],
    // 20 at 15 and, on the line up to 40, 9 at 35: 10 up to the reset and 9 since.
    ['increase', 'smoothed', 15, 35, 19],
    ['delta', 'smoothed', 15, 35, -11],
    // A reset between the samples at an edge: from 0 at 20 to 4 at 30, that is 2 at 25.
    ['increase', 'smoothed', 25, 40, 12],
    ['rate', 'smoothed', 41, 46, 0.6],
    ['increase', 'smoothed', 55, 60, undefined],
    ['increase', 'smoothed', 1, 5, undefined],
  ])('%s %s in (%d, %d] is %d', (name, extension, startS, endS, expected) => {
    const all = extended(
      name,
      extension,
      extension === 'anchored' ? samples.filter(([second]) => second <= endS) : samples,
      startS,
      endS,
    );
    expect(all === undefined ? undefined : Number(Number(all).toFixed(9))).toBe(expected);
  });

  it('histograms grow as their counts do', () => {
    const histograms = samples.map(([seconds, count]): readonly [number, Sample] => [
      seconds,
      withCount(Number(count)),
    ]);
    for (const [extension, startS, endS, count] of [
      ['anchored', 15, 25, 20],
      ['smoothed', 15, 35, 19],
      ['smoothed', 25, 40, 12],
      ['smoothed', 41, 46, 3],
    ] as const) {
      const seen = extension === 'anchored' ? histograms.filter(([second]) => second <= endS) : histograms;
      const found = extended('increase', extension, seen, startS, endS);
      expect(found).toMatchObject({ resetHint: 'gauge' });
      expect(typeof found === 'object' ? found.count : undefined).toBeCloseTo(count, 9);
    }
  });
});

function withCount(count: number, resetHint: 'unknown' | 'gauge' = 'unknown'): Sample {
  return sampleHistogram({
    count,
    sum: count,
    positive: { spans: [{ offset: 0, length: 1 }], counts: [count] },
    resetHint,
  });
}

describe('histograms', () => {
  it('increase as their counts do, resets included', () => {
    for (const counts of [
      [100, 130, 160],
      [40, 5, 10],
      [2, 22, 42],
    ]) {
      const floats = counts.map((count, index): readonly [number, number] => [(index + 1) * 10, count]);
      for (const name of ['rate', 'increase']) {
        const histogram = resultOf(
          name,
          floats.map(([seconds, count]) => [seconds, withCount(count)] as const),
          33,
          30,
        );
        const float = resultOf(name, floats, 33, 30);
        expect(typeof histogram === 'object' ? histogram.count : undefined).toBeCloseTo(Number(float), 9);
        expect(histogram).toMatchObject({ resetHint: 'gauge' });
      }
    }
  });

  it('tell what they are not', () => {
    const counters: Timed = [
      [10, withCount(1)],
      [20, withCount(2)],
    ];
    const gauges: Timed = [
      [10, withCount(1, 'gauge')],
      [20, withCount(2, 'gauge')],
    ];
    expect(call('rate', gauges, 20, 20).annotations).toEqual([
      'PromQL warning: this native histogram metric is not a counter: "m_total" (1:1)',
    ]);
    expect(call('irate', gauges, 20, 20).annotations).toEqual([
      'PromQL warning: this native histogram metric is not a counter: "m_total" (1:1)',
    ]);
    expect(call('delta', counters, 20, 20).annotations).toEqual([
      'PromQL warning: this native histogram metric is not a gauge: "m_total" (1:1)',
    ]);
    expect(call('rate', counters, 20, 20).annotations).toEqual([]);
    expect(call('delta', gauges, 20, 20).annotations).toEqual([]);
    const mixed: Timed = [
      [10, 1],
      [20, withCount(2)],
    ];
    for (const name of ['rate', 'irate', 'idelta', 'delta', 'increase']) {
      expect(call(name, mixed, 20, 20)).toMatchObject({
        annotations: ['PromQL warning: encountered a mix of histograms and floats for metric name "m_total" (1:1)'],
      });
      expect(resultOf(name, mixed, 20, 20)).toBeUndefined();
    }
    expect(resultOf('resets', mixed, 20, 20)).toBe(1);
    expect(resultOf('changes', mixed, 20, 20)).toBe(1);
  });

  it('with different custom bounds are reconciled, with exponential ones they are not', () => {
    const custom = (customValues: readonly number[]) => sampleHistogram({ schema: -53, customValues });
    const different: Timed = [
      [10, custom([1, 2])],
      [20, { ...custom([1, 3]), count: 6 }],
    ];
    expect(call('delta', different, 20, 20).annotations).toContain(
      'PromQL info: mismatched custom buckets were reconciled during subtraction (1:1)',
    );
    const mixed: Timed = [
      [10, sampleHistogram()],
      [20, { ...custom([1, 2]), resetHint: 'not-reset' }],
    ];
    expect(call('increase', mixed, 20, 20).annotations).toEqual([
      'PromQL warning: vector contains a mix of histograms with exponential and custom buckets schemas for metric name "m_total" (1:1)',
    ]);
  });
});

import type { NativeHistogram } from '@aegisguard/model';
import type { QueryData, QueryResult } from '@aegisguard/promql';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { prometheusJson } from './prometheus-json.ts';
import { prometheusNumber } from './prometheus-number.ts';

const NONE = { spans: [], counts: [] };
const EMPTY: NativeHistogram = {
  schema: 0,
  zeroThreshold: 0,
  zeroCount: 0,
  count: 0,
  sum: 0,
  positive: NONE,
  negative: NONE,
  customValues: [],
  resetHint: 'unknown',
};

function result(data: QueryData, notes: Partial<QueryResult> = {}): QueryResult {
  const stats = { elapsedMs: 1, rowsRead: 2, bytesRead: 3 };
  return { data, warnings: [], infos: [], stats, samples: { total: 0, peak: 0 }, ...notes };
}

async function histogramIn(histogram: NativeHistogram): Promise<unknown> {
  const series = [
    {
      labels: [],
      timestampsMs: new Float64Array(),
      values: new Float64Array(),
      histograms: [{ timestampMs: 1500, histogram }],
    },
  ];
  return JSON.parse(await prometheusJson(result({ resultType: 'vector', series }))).data.result[0].histogram;
}

it.each([
  [1, '1'],
  [0.1, '0.1'],
  [-0, '-0'],
  [1e20, '100000000000000000000'],
  [1e21, '1e+21'],
  [0.000001, '0.000001'],
  [1e-7, '1e-07'],
  [1.5e-10, '1.5e-10'],
  [Number.NaN, 'NaN'],
  [Number.POSITIVE_INFINITY, '+Inf'],
  [Number.NEGATIVE_INFINITY, '-Inf'],
])('the number %d', (value, text) => {
  expect(prometheusNumber(value)).toBe(text);
});

it('every finite number reads back equal', () => {
  fc.assert(
    fc.property(fc.double({ noNaN: true, noDefaultInfinity: true }), (value) => {
      expect(Number(prometheusNumber(value))).toBe(value);
    }),
  );
});

it('a vector, with what was told besides', async () => {
  const series = [
    {
      labels: [
        ['__name__', 'up'],
        ['a"b\u2028', 'c\\\n'],
      ] as const,
      timestampsMs: Float64Array.of(1_700_000_000_123),
      values: Float64Array.of(Number.NaN),
      histograms: [],
    },
  ];
  expect(
    JSON.parse(await prometheusJson(result({ resultType: 'vector', series }, { warnings: ['w'], infos: ['i'] }))),
  ).toEqual({
    status: 'success',
    data: {
      resultType: 'vector',
      result: [{ metric: { __name__: 'up', 'a"b\u2028': 'c\\\n' }, value: [1_700_000_000.123, 'NaN'] }],
    },
    warnings: ['w'],
    infos: ['i'],
    stats: { elapsedMs: 1, rowsRead: 2, bytesRead: 3 },
  });
});

it('a matrix with floats and histograms; an empty one', async () => {
  const series = [
    {
      labels: [],
      timestampsMs: Float64Array.of(0, 1000),
      values: Float64Array.of(1, 2.5),
      histograms: [{ timestampMs: 2000, histogram: { ...EMPTY, count: 3, sum: -1.5 } }],
    },
  ];
  expect(JSON.parse(await prometheusJson(result({ resultType: 'matrix', series }))).data).toEqual({
    resultType: 'matrix',
    result: [
      {
        metric: {},
        values: [
          [0, '1'],
          [1, '2.5'],
        ],
        histograms: [[2, { count: '3', sum: '-1.5' }]],
      },
    ],
  });
  expect(JSON.parse(await prometheusJson(result({ resultType: 'matrix', series: [] })))).toEqual({
    status: 'success',
    data: { resultType: 'matrix', result: [] },
    stats: { elapsedMs: 1, rowsRead: 2, bytesRead: 3 },
  });
});

it('the buckets of an exponential histogram, from below through zero, without the empty ones', async () => {
  const histogram: NativeHistogram = {
    ...EMPTY,
    schema: 1,
    zeroThreshold: 0.001,
    zeroCount: 2,
    count: 12,
    sum: 7,
    positive: {
      spans: [
        { offset: 0, length: 2 },
        { offset: 1, length: 1 },
      ],
      counts: [1, 0, 4],
    },
    negative: { spans: [{ offset: 2, length: 2 }], counts: [3, 2] },
  };
  expect(await histogramIn(histogram)).toEqual([
    1.5,
    {
      count: '12',
      sum: '7',
      buckets: [
        [1, String(-(2 ** 1.5)), '-2', '2'],
        [1, '-2', String(-(2 ** 0.5)), '3'],
        [3, '-0.001', '0.001', '2'],
        [0, String(2 ** -0.5), '1', '1'],
        [0, '2', String(2 ** 1.5), '4'],
      ],
    },
  ]);
});

it('a bucket that reaches into the zero bucket begins where that ends; the last one before infinity ends at the largest number', async () => {
  const wide = { ...EMPTY, schema: 0, zeroThreshold: 0.75, zeroCount: 1 };
  const histogram = {
    ...wide,
    positive: {
      spans: [
        { offset: 0, length: 1 },
        { offset: 1023, length: 2 },
      ],
      counts: [1, 2, 3],
    },
  };
  expect(await histogramIn(histogram)).toMatchObject([
    1.5,
    {
      buckets: [
        [3, '-0.75', '0.75', '1'],
        [0, '0.75', '1', '1'],
        [0, String(2 ** 1023), String(Number.MAX_VALUE), '2'],
        [0, String(Number.MAX_VALUE), '+Inf', '3'],
      ],
    },
  ]);
});

it('the buckets of a histogram with bounds of its own', async () => {
  const positive = { spans: [{ offset: 0, length: 3 }], counts: [1, 2, 3] };
  expect(await histogramIn({ ...EMPTY, schema: -53, customValues: [5, 10], count: 6, positive })).toMatchObject([
    1.5,
    {
      buckets: [
        [3, '-Inf', '5', '1'],
        [0, '5', '10', '2'],
        [0, '10', '+Inf', '3'],
      ],
    },
  ]);
});

it('a scalar and a string', async () => {
  expect(JSON.parse(await prometheusJson(result({ resultType: 'scalar', timestampMs: 1500, value: -0 }))).data).toEqual(
    {
      resultType: 'scalar',
      result: [1.5, '-0'],
    },
  );
  expect(JSON.parse(await prometheusJson(result({ resultType: 'string', timestampMs: 0, value: 'a"b' }))).data).toEqual(
    {
      resultType: 'string',
      result: [0, 'a"b'],
    },
  );
});

import { describe, expect, it } from 'vitest';
import { DEFAULT_CHART_OPTIONS } from './chart-options.ts';
import { heatGrid } from './heat-grid.ts';
import { metricRows } from './metric-rows.ts';
import { plotContent } from './plot-content.ts';
import { alignFrames, type MetricData, prepareFrame, shiftFrame } from './prepare-frame.ts';
import { reduceValues } from './reduce-values.ts';
import { seriesLabel } from './series-label.ts';

const MATRIX: MetricData = {
  resultType: 'matrix',
  result: [
    {
      metric: { job: 'a' },
      values: [
        [10, '1'],
        [30, '+Inf'],
      ],
    },
    { metric: { job: 'b' }, values: [[20, 'NaN']] },
  ],
};
const GRID = { startMs: 10_000, endMs: 40_000, stepMs: 10_000 };
const STACKED = { stacking: 'normal', isLogScale: false } as const;

describe('an answer in columns', () => {
  it('lies on the grid of its query, what is missing is a gap', () => {
    const frame = prepareFrame(MATRIX, { legend: '', query: 'A' }, GRID);
    expect(frame.times).toEqual([10_000, 20_000, 30_000, 40_000]);
    expect(frame.series).toEqual([
      { label: 'a', labels: { job: 'a' }, values: [1, null, Number.POSITIVE_INFINITY, null] },
      { label: 'b', labels: { job: 'b' }, values: [null, Number.NaN, null, null] },
    ]);
  });

  it('has the times that occur where there is no grid', () => {
    expect(prepareFrame(MATRIX).times).toEqual([10_000, 20_000, 30_000]);
    expect(prepareFrame({ resultType: 'scalar', result: [1.5, '2'] }).series).toEqual([
      { label: '', labels: {}, values: [2] },
    ]);
    expect(prepareFrame({ resultType: 'vector', result: [{ metric: {}, value: [1, '3'] }] }).times).toEqual([1000]);
    expect(prepareFrame({ resultType: 'string', result: [1, 'x'] }).series).toEqual([]);
  });

  it('sums native histograms by bucket', () => {
    const sample = (
      count: string,
    ): [number, { count: string; sum: string; buckets: [number, string, string, string][] }] => [
      10,
      {
        count,
        sum: '1',
        buckets: [
          [0, '0.5', '1', count],
          [0, '1', '2', '1'],
        ],
      },
    ];
    const frame = prepareFrame({
      resultType: 'matrix',
      result: [
        { metric: { a: '1' }, histograms: [sample('2')] },
        { metric: { a: '2' }, histograms: [sample('5')] },
      ],
    });
    expect(frame.series).toEqual([]);
    expect(frame.buckets).toEqual([
      { lower: 0.5, upper: 1, counts: [7] },
      { lower: 1, upper: 2, counts: [2] },
    ]);
    expect(heatGrid([frame]).most).toBe(7);
  });

  it('joins frames of different times', () => {
    const first = prepareFrame({ resultType: 'vector', result: [{ metric: { x: '1' }, value: [1, '1'] }] });
    const second = prepareFrame({ resultType: 'vector', result: [{ metric: { x: '2' }, value: [2, '2'] }] });
    expect(alignFrames([first, second])).toMatchObject({
      times: [1000, 2000],
      series: [{ values: [1, null] }, { values: [null, 2] }],
    });
  });
});

describe('what a chart draws', () => {
  const frame = prepareFrame(MATRIX, { legend: '', query: 'A' }, GRID);

  it('has no infinities, and nothing below 0 on a logarithmic scale', () => {
    expect(plotContent([frame], { stacking: 'none', isLogScale: true }).columns[0]).toEqual([1, null, null, null]);
  });

  it('stacks what is shown, in order, and leaves what is compared alone', () => {
    const values = (label: string, ...list: (number | null)[]) => ({ label, labels: { label }, values: list });
    const plain = { times: [1, 2, 3], series: [values('a', 1, 2, null), values('b', 3, null, null)], buckets: [] };
    const both = [plain, shiftFrame(plain, 0, '(before)')];
    expect(plotContent(both, STACKED).columns).toEqual([
      [1, 2, null],
      [4, 2, null],
      [1, 2, null],
      [3, null, null],
    ]);
    expect(plotContent(both, STACKED).colors).toEqual([0, 1, 0, 1]);
    expect(plotContent([plain], STACKED, new Set([0])).columns).toEqual([
      [null, null, null],
      [3, null, null],
    ]);
    expect(plotContent([plain], { stacking: 'percent', isLogScale: false }).columns).toEqual([
      [25, 100, null],
      [100, 100, null],
    ]);
  });
});

it('a classic histogram’s rows are differences of its buckets', () => {
  const bucket = (le: string, value: string) => ({ metric: { le }, values: [[10, value] as [number, string]] });
  const data: MetricData = {
    resultType: 'matrix',
    result: [bucket('+Inf', '10'), bucket('0.5', '4'), bucket('1', '3.9')],
  };
  expect(heatGrid([prepareFrame(data)]).rows).toEqual([
    { lower: 0, upper: 0.5, counts: [4] },
    { lower: 0.5, upper: 1, counts: [0] },
    { lower: 1, upper: Number.POSITIVE_INFINITY, counts: [6.1] },
  ]);
});

it('a series is called by its format, its only label, its labels or its query', () => {
  expect(seriesLabel({ a: '1', b: '2' }, '{{a}} of {{ b }}{{c}}', 'A')).toBe('1 of 2');
  expect(seriesLabel({ a: '1' }, '', 'A')).toBe('1');
  expect(seriesLabel({ a: '1' }, '{{b}}', 'A')).toBe('1');
  expect(seriesLabel({ __name__: 'up' }, '', 'A')).toBe('up');
  expect(seriesLabel({ __name__: 'a.b', 'c.d': 'x"' }, '', 'A')).toBe('{"a.b", "c.d"="x\\""}');
  expect(seriesLabel({}, '', 'A')).toBe('A');
});

it('one number of a series does without gaps', () => {
  const values = [null, 1, Number.NaN, 5, null];
  expect((['last', 'min', 'max', 'avg', 'sum'] as const).map((by) => reduceValues(values, by))).toEqual([
    5, 1, 5, 3, 6,
  ]);
  expect(reduceValues([null], 'sum')).toBeNull();
});

it('a table joins queries by labels', () => {
  const of = (labels: Record<string, string>, value: number) => ({ label: '', labels, values: [value] });
  const frames = [
    { times: [1], series: [of({ __name__: 'x', job: 'a' }, 1)], buckets: [] },
    { times: [1], series: [of({ job: 'a' }, 2), of({ job: 'b' }, 3)], buckets: [] },
  ];
  expect(metricRows(frames, DEFAULT_CHART_OPTIONS)).toMatchObject({
    columns: [
      { by: 'job', title: 'job' },
      { by: 0, title: 'Value 1' },
      { by: 1, title: 'Value 2' },
    ],
    rows: [
      { labels: { job: 'a' }, values: [1, 2] },
      { labels: { job: 'b' }, values: [null, 3] },
    ],
  });
});

import { expect, it } from 'vitest';
import { displayOf, heatFrame, traceExemplars, traceFrame } from './trace-frame.ts';

const STATS = { elapsedMs: 1, rowsRead: 2, bytesRead: 3 };

it('series are put in columns, what is missing is a gap', () => {
  const frame = traceFrame(
    {
      resultType: 'matrix',
      series: [
        {
          labels: { name: 'a' },
          points: [
            [10, 1],
            [20, 2],
          ],
        },
        { labels: {}, points: [[20, 3]] },
      ],
      stats: STATS,
    },
    '{} | rate()',
  );
  expect(frame.times).toEqual([10_000, 20_000]);
  expect(frame.series.map(({ label, values }) => [label, values])).toEqual([
    ['a', [1, 2]],
    ['{} | rate()', [null, 3]],
  ]);
});

it('a histogram becomes buckets without gaps, all groups together', () => {
  const series = [
    { labels: { __bucket: '0', name: 'a' }, points: [[10, 1]] as [number, number][] },
    { labels: { __bucket: '0.25', name: 'a' }, points: [[10, 1]] as [number, number][] },
    {
      labels: { __bucket: '0.25', name: 'b' },
      points: [
        [10, 2],
        [20, 4],
      ] as [number, number][],
    },
    { labels: { __bucket: '1', name: 'b' }, points: [[20, 5]] as [number, number][] },
  ];
  const answer = { resultType: 'matrix' as const, series, stats: STATS };
  const frame = heatFrame(answer, '{} | histogram_over_time(duration)', 10_000);
  // At the end of the steps that are counted.
  expect(frame.times).toEqual([20_000, 30_000]);
  expect(frame.series).toEqual([]);
  expect(frame.buckets).toEqual([
    { lower: 0, upper: 0, counts: [1, null] },
    { lower: 0.125, upper: 0.25, counts: [3, 4] },
    { lower: 0.25, upper: 0.5, counts: [null, null] },
    { lower: 0.5, upper: 1, counts: [null, 5] },
  ]);
});

it('what is calculated from a histogram stays lines', () => {
  const query = '({} | histogram_over_time(duration)) / ({} | histogram_over_time(duration))';
  const series = [{ labels: { __bucket: '0.25' }, points: [[10, 0.5]] as [number, number][] }];
  expect(displayOf(query).shape).toBe('lines');
  const frame = traceFrame({ resultType: 'matrix', series, stats: STATS }, query);
  expect(frame.series.map(({ values }) => values)).toEqual([[0.5]]);
  expect(frame.buckets).toEqual([]);
});

it('exemplars name their trace and span', () => {
  const exemplar = { traceId: 'aa', spanId: 'bb', timestamp: '2026-11-27T10:00:00.5Z', value: 4 };
  const series = [
    { labels: {}, points: [], exemplars: [exemplar] },
    { labels: {}, points: [] },
  ];
  expect(traceExemplars({ resultType: 'matrix', series, stats: STATS })).toEqual([
    { ms: Date.parse('2026-11-27T10:00:00.500Z'), value: 4, labels: { trace_id: 'aa', span_id: 'bb' } },
  ]);
});

it.each([
  ['{} | rate()', 'none', 'lines'],
  ['{} | quantile_over_time(duration, .9)', 'seconds', 'lines'],
  ['{} | avg_over_time(span.bytes)', 'none', 'lines'],
  ['{} | histogram_over_time(duration)', 'seconds', 'heatmap'],
  ['{} | histogram_over_time(span.bytes)', 'none', 'heatmap'],
  ['{} | compare({ status = error })', 'none', 'comparison'],
  ['{} | rate(', 'none', 'lines'],
])('%s', (query, unit, shape) => {
  expect(displayOf(query)).toEqual({ unit, shape });
});

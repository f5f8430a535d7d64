import { expect, it } from 'vitest';
import { displayOf, traceExemplars, traceFrame } from './trace-frame.ts';

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
  ['{} | rate()', 'none', false],
  ['{} | quantile_over_time(duration, .9)', 'seconds', false],
  ['{} | avg_over_time(span.bytes)', 'none', false],
  ['{} | histogram_over_time(duration)', 'none', false],
  ['{} | compare({ status = error })', 'none', true],
])('%s', (query, unit, isList) => {
  expect(displayOf(query)).toEqual({ unit, isList });
});

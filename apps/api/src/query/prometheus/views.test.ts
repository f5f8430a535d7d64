import type { MetricMetadata } from '@aegisguard/model';
import { expect, it } from 'vitest';
import { exemplarViews } from './exemplar-views.ts';
import { metadataView } from './metadata-view.ts';
import { tsdbView } from './tsdb-view.ts';

const METADATA: readonly MetricMetadata[] = [
  { metric: 'up', type: 'gauge', help: 'first', unit: '' },
  { metric: 'go_threads', type: 'gauge', help: '', unit: '' },
  { metric: 'up', type: 'counter', help: 'second', unit: 's' },
];

it.each([
  [{}, { go_threads: 1, up: 2 }],
  [{ limit: 1 }, { go_threads: 1 }],
  [{ limit: 0 }, {}],
  [{ limit_per_metric: 1 }, { go_threads: 1, up: 1 }],
  [{ limit_per_metric: 0 }, { go_threads: 1, up: 2 }],
])('metadata with %j', (limits, counts) => {
  const view = metadataView(METADATA, { limit: undefined, ...limits });
  expect(Object.fromEntries(Object.entries(view).map(([metric, entries]) => [metric, entries.length]))).toEqual(counts);
  expect(view.up?.[0]).toEqual('up' in counts ? { type: 'gauge', help: 'first', unit: '' } : undefined);
});

it('a series that two selectors found is shown once', () => {
  const exemplar = { timestampMs: 1500, value: Number.POSITIVE_INFINITY, labels: [['trace_id', 'ab']] as const };
  const series = { labels: [['__name__', 'x']] as const, exemplars: [exemplar] };
  expect(exemplarViews([series, { ...series, labels: [] }])).toEqual([
    { seriesLabels: { __name__: 'x' }, exemplars: [{ labels: { trace_id: 'ab' }, value: '+Inf', timestamp: 1.5 }] },
    { seriesLabels: {}, exemplars: [{ labels: { trace_id: 'ab' }, value: '+Inf', timestamp: 1.5 }] },
  ]);
});

it('cardinality as Prometheus shows it', () => {
  const found = {
    seriesCount: 9,
    metrics: [
      { metric: 'a', series: 6 },
      { metric: 'b', series: 3 },
    ],
    labels: [
      { name: 'job', values: 4, series: 9 },
      { name: '__name__', values: 2, series: 9 },
    ],
    pairs: [{ name: 'job', value: 'x', series: 5 }],
  };
  expect(tsdbView(found, { startMs: 1, endMs: 2 }, 1)).toEqual({
    headStats: { numSeries: 9, numLabelPairs: 6, chunkCount: 0, minTime: 1, maxTime: 2 },
    seriesCountByMetricName: [{ name: 'a', value: 6 }],
    labelValueCountByLabelName: [{ name: 'job', value: 4 }],
    memoryInBytesByLabelName: [],
    seriesCountByLabelValuePair: [{ name: 'job=x', value: 5 }],
  });
});

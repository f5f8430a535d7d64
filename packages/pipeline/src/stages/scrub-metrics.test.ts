import {
  type HistogramSample,
  type Labels,
  type MetricBatch,
  type MetricSeries,
  type NativeHistogram,
  normalizeLabels,
  type SampleColumns,
} from '@aegisguard/model';
import { seriesOf } from '@aegisguard/model/series-id';
import { describe, expect, it } from 'vitest';
import { ScrubTally } from '../scrub/scrub-tally.ts';
import type { Scrubber } from '../scrub/scrubber.ts';
import { sampleContext } from '../testing/sample-record.ts';
import { TestScrubber } from '../testing/test-scrubber.ts';
import { scrubMetrics } from './scrub-metrics.ts';

const NO_BUCKETS = { spans: [], counts: [] };
const HISTOGRAM: NativeHistogram = {
  schema: 0,
  zeroThreshold: 0,
  zeroCount: 0,
  count: 0,
  sum: 0,
  positive: NO_BUCKETS,
  negative: NO_BUCKETS,
  customValues: [],
  resetHint: 'unknown',
};

const series = (labels: Readonly<Record<string, string>>) => seriesOf(normalizeLabels(Object.entries(labels)));

/** Without what scrubbing remembers. */
const plain = ({ labels, id, metricId }: MetricSeries) => ({ labels, id, metricId });

/** One sample of each series, in columns that are longer than that. */
function columnsOf(count: number): SampleColumns {
  return {
    count,
    series: Uint32Array.from({ length: count + 2 }, (_, row) => (row < count ? row : 0)),
    timestampMs: new Float64Array(count + 2).fill(1),
    value: Float64Array.from({ length: count + 2 }, (_, row) => row),
    startMs: new Float64Array(count + 2),
  };
}

function batchOf(labelSets: readonly Readonly<Record<string, string>>[], more: Partial<MetricBatch> = {}): MetricBatch {
  const histograms: HistogramSample[] = labelSets.map((_, at) => ({
    series: at,
    timestampMs: 1,
    startMs: 0,
    histogram: HISTOGRAM,
  }));
  return {
    series: labelSets.map(series),
    samples: columnsOf(labelSets.length),
    histograms,
    exemplars: [],
    metadata: [],
    deltas: { samples: columnsOf(labelSets.length), histograms },
    ...more,
  };
}

function scrub(batch: MetricBatch, scrubber: Scrubber = new TestScrubber()) {
  const tally = new ScrubTally();
  scrubMetrics.apply(batch, { ...sampleContext, scrubber, tally });
  return tally.rows().map(({ detector, place, count }) => `${detector} ${place} ${count}`);
}

const CLEAN = { __name__: 'up', job: 'node' };

describe('scrub of metrics', () => {
  it('leaves what has no findings as it is', () => {
    const batch = batchOf([CLEAN, { __name__: 'up', job: 'web' }]);
    const before = { ...batch };
    expect(scrub(batch)).toEqual([]);
    expect(batch.series).toBe(before.series);
    expect(batch.histograms).toBe(before.histograms);
    expect(batch).toEqual(before);
  });

  it('gives a series whose labels change the id of what they become', () => {
    const batch = batchOf([CLEAN, { __name__: 'SECRET_total', 'SECRET a': 'x', password: 'y', z: 'SECRET' }]);
    expect(scrub(batch)).toEqual([
      'api-key labels.[REDACTED:api-key] a 1',
      'api-key labels.__name__ 1',
      'secret labels.password 1',
      'api-key labels.z 1',
    ]);
    expect(batch.series.map(plain)).toEqual([
      series(CLEAN),
      series({
        __name__: '[REDACTED:api-key]_total',
        '[REDACTED:api-key] a': 'x',
        password: '[REDACTED:secret]',
        z: '[REDACTED:api-key]',
      }),
    ]);
    expect([...batch.samples.series]).toEqual([0, 1, 0, 0]);
  });

  it('makes one of the series that become the same, and moves their samples there', () => {
    const user = (name: string) => ({ __name__: 'logins', user: name });
    const batch = batchOf([user('SECRET1'), CLEAN, user('SECRET2'), user('[REDACTED:api-key]')], {
      exemplars: [{ series: 2, timestampMs: 1, value: 1, labels: [] }],
    });
    scrub(batch);
    expect(batch.series.map(plain)).toEqual([series(user('[REDACTED:api-key]')), series(CLEAN)]);
    expect([...batch.samples.series].slice(0, 4)).toEqual([0, 1, 0, 0]);
    expect([...batch.deltas.samples.series].slice(0, 4)).toEqual([0, 1, 0, 0]);
    expect([...batch.samples.value]).toEqual([0, 1, 2, 3, 4, 5]);
    expect(batch.histograms.map(({ series: at }) => at)).toEqual([0, 1, 0, 0]);
    expect(batch.deltas.histograms.map(({ series: at }) => at)).toEqual([0, 1, 0, 0]);
    expect(batch.exemplars.map(({ series: at }) => at)).toEqual([0]);
  });

  it('keeps labels of names that become the same', () => {
    const batch = batchOf([{ __name__: 'm', SECRET1: 'a', SECRET2: 'b' }]);
    scrub(batch);
    expect(batch.series.map(plain)).toEqual([
      series({ __name__: 'm', '[REDACTED:api-key]': 'a', '[REDACTED:api-key] (2)': 'b' }),
    ]);
  });

  it('leaves out labels of which nothing stays, but for the name', () => {
    const batch = batchOf([{ __name__: 'SECRET', a: 'SECRET', b: 'c' }], {
      metadata: [{ metric: 'SECRET', type: 'gauge', unit: 'SECRET s', help: 'of SECRET' }],
    });
    scrub(batch, new TestScrubber('drop'));
    expect(batch.series.map(plain)).toEqual([series({ __name__: 'redacted', b: 'c' })]);
    expect(batch.metadata).toEqual([{ metric: 'redacted', type: 'gauge', unit: ' s', help: 'of ' }]);
  });

  it('looks at a series once, and counts its findings with every batch', () => {
    const scrubber = new TestScrubber();
    const batch = batchOf([{ __name__: 'm', a: 'SECRET' }, CLEAN]);
    const again = { ...batch, samples: columnsOf(2) };
    expect(scrub(batch, scrubber)).toEqual(['api-key labels.a 1']);
    const asked = scrubber.texts.length;
    expect(scrub(again, scrubber)).toEqual(['api-key labels.a 1']);
    expect(scrubber.texts.length).toBe(asked);
    expect(again.series[0]).toBe(batch.series[0]);
  });

  it('goes through exemplars and descriptions', () => {
    const trace: Labels = [
      ['span_id', '4111111111111111'],
      ['trace_id', '4111111111111111'.repeat(2)],
    ];
    const user: Labels = [['user', 'SECRET']];
    const exemplar = { series: 0, timestampMs: 1, value: 1 };
    const batch = batchOf([CLEAN], {
      exemplars: [
        { ...exemplar, labels: trace },
        { ...exemplar, labels: user },
      ],
      metadata: [{ metric: 'up', type: 'gauge', unit: '', help: 'ask SECRET' }],
    });
    expect(scrub(batch)).toEqual(['api-key exemplars[].user 1', 'api-key metadata.help 1']);
    expect(batch.exemplars.map(({ labels }) => labels)).toEqual([trace, [['user', '[REDACTED:api-key]']]]);
    expect(batch.metadata[0]?.help).toBe('ask [REDACTED:api-key]');
  });
});

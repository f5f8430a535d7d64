import { normalizeLabels, setStaleMarker } from '@aegisguard/model';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { anySeries, RECEIVED_AT_MS } from '../testing/arbitrary-write-series.ts';
import { encodeSamples, type SampleToWrite } from './encode-samples.ts';
import { buildRemoteWrite } from './remote-write.ts';

const ENVELOPE = { receivedAtMs: RECEIVED_AT_MS, retentionDays: 30 };

/** One sample for each series, the last it has. */
const anySamples = fc.array(anySeries, { maxLength: 5 }).map((all) =>
  all.flatMap(({ labels, records }): SampleToWrite[] => {
    const record = records.at(-1);
    if (record === undefined || record.kind === 'exemplar') {
      return [];
    }
    const same = { labels: normalizeLabels(labels), timestampMs: record.timestampMs };
    return record.kind === 'histogram'
      ? [{ ...same, value: record.histogram }]
      : [{ ...same, value: record.bits % 3n === 0n ? 'stale' : Number(record.bits % 1000n) / 7 }];
  }),
);

it('a body says to the decoder what the samples say', () => {
  fc.assert(
    fc.property(anySamples, (samples) => {
      const batch = buildRemoteWrite(Buffer.from(encodeSamples(samples)), 1, ENVELOPE, []);
      const stale = new Float64Array(1);
      setStaleMarker(stale, 0);
      const bits = (values: Float64Array) => new BigUint64Array(values.buffer, values.byteOffset, values.length);
      const floats = samples.filter(({ value }) => typeof value !== 'object');
      expect(
        [...bits(batch.samples.value.subarray(0, batch.samples.count))].map((value, at) => ({
          labels: batch.series[batch.samples.series[at] ?? -1]?.labels,
          timestampMs: batch.samples.timestampMs[at],
          value,
        })),
      ).toEqual(
        floats.map(({ value, ...same }) => ({
          ...same,
          value: bits(value === 'stale' ? stale : Float64Array.of(value as number))[0],
        })),
      );
      expect(
        batch.histograms.map(({ series, timestampMs, histogram }) => ({
          labels: batch.series[series]?.labels,
          timestampMs,
          value: histogram,
        })),
      ).toEqual(samples.filter(({ value }) => typeof value === 'object'));
    }),
  );
});

it('a sample may have an exemplar', () => {
  const labels = normalizeLabels([['__name__', 'm']]);
  const exemplar = { labels: normalizeLabels([['trace_id', 'ab']]), value: 0.25, timestampMs: RECEIVED_AT_MS - 7 };
  const body = Buffer.from(encodeSamples([{ labels, timestampMs: RECEIVED_AT_MS, value: 1, exemplar }]));
  const batch = buildRemoteWrite(body, 1, ENVELOPE, []);
  expect(batch.samples.count).toBe(1);
  expect(batch.exemplars).toMatchObject([
    { series: 0, timestampMs: exemplar.timestampMs, value: 0.25, labels: exemplar.labels },
  ]);
});

it('samples that share their labels have them once', () => {
  const labels = normalizeLabels([['__name__', 'm'.repeat(1000)]]);
  const samples = [1, 2, 3].map((value) => ({ labels, timestampMs: RECEIVED_AT_MS + value, value }));
  const body = Buffer.from(encodeSamples([...samples, { ...samples[0], labels: [...labels] } as SampleToWrite]));
  expect(body.length).toBeLessThan(2200);
  const batch = buildRemoteWrite(body, 1, ENVELOPE, []);
  expect([...batch.samples.value.subarray(0, batch.samples.count)]).toEqual([1, 2, 3, 1]);
});

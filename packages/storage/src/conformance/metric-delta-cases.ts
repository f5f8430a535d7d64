import { setStaleMarker } from '@aegisguard/model';
import { describe, expect, it } from 'vitest';
import {
  atMs,
  insertMetrics,
  labelsOf,
  type MetricsUnderTest,
  metricBatch,
  nativeHistogram,
  pointsOf,
  readAllSamples,
} from './metrics-under-test.ts';
import { newBatchId, newOrg, RECEIVED_AT_MS } from './storage-under-test.ts';

const labels = labelsOf('requests_total', { job: 'a' });

function increment(seconds: number, value: number, startSeconds = seconds - 10) {
  return { labels, timestampMs: atMs(seconds), value, startMs: atMs(startSeconds) };
}

/** Increments are added up, however they come. */
export function metricDeltaCases(store: MetricsUnderTest): void {
  describe('adds increments up', () => {
    it('over batches, groups, gaps and new starts; the first start stays', async () => {
      const org = newOrg();
      await insertMetrics(store, org, { deltas: [increment(10, 1), increment(20, 2)] }, { deltas: [increment(30, 3)] });
      await insertMetrics(store, org, { deltas: [increment(40, 0), increment(900, 5, 800)] });
      const [series] = await readAllSamples(store, org);
      expect(pointsOf(series)).toEqual([
        [10, 1],
        [20, 3],
        [30, 6],
        [40, 6],
        [900, 11],
      ]);
      expect(new Set(series?.startsMs)).toEqual(new Set([atMs(0)]));
    });

    it('once: what comes again changes nothing, what comes late is counted', async () => {
      const org = newOrg();
      const first = { batchId: newBatchId(), deltas: [increment(10, 1), increment(20, 2)] };
      const second = { batchId: newBatchId(), deltas: [increment(30, 4), increment(25, 100)] };
      expect(await insertMetrics(store, org, first)).toEqual({ lateDeltas: [] });
      expect(await insertMetrics(store, org, first, second, second)).toEqual({
        lateDeltas: [{ orgId: org, batchId: second.batchId, count: 2 }],
      });
      expect(await insertMetrics(store, org, first)).toEqual({ lateDeltas: [] });
      expect(pointsOf((await readAllSamples(store, org))[0])).toEqual([
        [10, 1],
        [20, 3],
        [30, 7],
      ]);
    });

    it('that a redelivery brings after later ones: after the last sample, once, whatever their sign', async () => {
      const org = newOrg();
      const overtaken = { batchId: newBatchId(), isRedelivery: true, deltas: [increment(20, 5), increment(30, -2)] };
      await insertMetrics(store, org, { deltas: [increment(10, 1), increment(40, 4)] });
      expect(await insertMetrics(store, org, overtaken, overtaken)).toEqual({ lateDeltas: [] });
      expect(await insertMetrics(store, org, overtaken)).toEqual({ lateDeltas: [] });
      await insertMetrics(store, org, { deltas: [increment(50, 10)] });
      expect(pointsOf((await readAllSamples(store, org))[0])).toEqual([
        [10, 1],
        [20, Number.NaN],
        [30, Number.NaN],
        [40, 5],
        [40.001, 8],
        [50, 18],
      ]);
    });

    it('of native histograms that a redelivery brings after later ones', async () => {
      const org = newOrg();
      const row = (seconds: number, count: number) => ({
        labels,
        timestampMs: atMs(seconds),
        histogram: nativeHistogram({ count, sum: count, zeroCount: count }),
      });
      await insertMetrics(store, org, { histogramDeltas: [row(10, 1), row(30, 4)] });
      const overtaken = { batchId: newBatchId(), isRedelivery: true, histogramDeltas: [row(20, 2)] };
      await insertMetrics(store, org, overtaken);
      await insertMetrics(store, org, overtaken);
      const [series] = await readAllSamples(store, org);
      expect(series?.histograms.map(({ histogram: { count, sum } }) => [count, sum])).toEqual([
        [1, 1],
        [0, Number.NaN],
        [5, 5],
        [7, 7],
      ]);
    });

    it('per series and organization, with a marker between', async () => {
      const [org, other] = [newOrg(), newOrg()];
      await insertMetrics(store, org, {
        deltas: [increment(10, 1), { ...increment(10, 50), labels: labelsOf('requests_total') }],
      });
      await insertMetrics(store, other, { deltas: [increment(10, 1000)] });
      const metrics = metricBatch({ deltas: [increment(20, Number.NaN)] });
      setStaleMarker(metrics.deltas.samples.value, 0);
      const batch = { batchId: newBatchId(), receivedAtMs: RECEIVED_AT_MS, retentionDays: 20_000 };
      await store.driver().metrics.insert([store.newEncoder().encode(org, batch, metrics, false)]);
      await insertMetrics(store, org, { deltas: [increment(30, 2)] });
      const [plain, withJob] = await readAllSamples(store, org);
      expect(pointsOf(plain)).toEqual([[10, 50]]);
      expect(pointsOf(withJob)).toEqual([
        [10, 1],
        [20, Number.NaN],
        [30, 3],
      ]);
    });

    it('of native histograms, at the coarser resolution', async () => {
      const org = newOrg();
      const row = (seconds: number, schema: number, counts: number[]) => ({
        labels,
        timestampMs: atMs(seconds),
        startMs: atMs(seconds - 10),
        histogram: nativeHistogram({
          schema,
          count: counts.reduce((a, b) => a + b),
          sum: seconds,
          positive: { spans: [{ offset: 1, length: counts.length }], counts },
        }),
      });
      const batch = { batchId: newBatchId(), histogramDeltas: [row(10, 1, [1, 2, 3, 4]), row(20, 0, [10, 20])] };
      await insertMetrics(store, org, batch);
      expect(await insertMetrics(store, org, batch)).toEqual({ lateDeltas: [] });
      await insertMetrics(store, org, { histogramDeltas: [row(30, 1, [1, 1])] });
      const [series] = await readAllSamples(store, org);
      expect(
        series?.histograms.map(({ startMs, histogram: { schema, count, sum, positive } }) => [
          startMs,
          schema,
          count,
          sum,
          positive.counts,
        ]),
      ).toEqual([
        [atMs(0), 1, 10, 10, [1, 2, 3, 4]],
        [atMs(0), 0, 40, 30, [13, 27]],
        [atMs(0), 0, 42, 60, [15, 27]],
      ]);
    });
  });
}

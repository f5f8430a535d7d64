import { isStaleMarker, type Labels, type NativeHistogram, STALE_MARKER_BITS, setStaleMarker } from '@aegisguard/model';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  atMs,
  bitsOf,
  insertMetrics,
  labelsOf,
  type MetricsUnderTest,
  metricBatch,
  nativeHistogram,
  pointsOf,
  readAllSamples,
  YESTERDAY_MS,
} from './metrics-under-test.ts';
import { newBatchId, newOrg, patient, RECEIVED_AT_MS, shareOf } from './storage-under-test.ts';

const text = fc.string({
  unit: fc.oneof(
    fc.constantFrom('\0', "'", '\\', '\n', '"', '{', '=', '\u{1f600}', '\u2028'),
    fc.string({ minLength: 1, maxLength: 1, unit: 'binary' }),
  ),
  maxLength: 12,
});
const hostileLabels: fc.Arbitrary<Labels> = fc
  .uniqueArray(fc.tuple(fc.oneof(text, fc.constantFrom('__proto__', 'constructor', '1', '0', 'le')), text), {
    selector: ([name]) => name,
    maxLength: 6,
  })
  .map((pairs) =>
    labelsOf('hostile', Object.create(null, {})).concat(
      pairs.filter(([name, value]) => value !== '' && name !== '__name__' && name !== ''),
    ),
  )
  .map((pairs) => pairs.sort(([left], [right]) => (left < right ? -1 : 1)));
const count = fc.double({ noNaN: true, min: 0 });
const buckets = fc
  .array(fc.tuple(fc.integer({ min: -50, max: 50 }), fc.array(count, { minLength: 1, maxLength: 4 })), { maxLength: 4 })
  .map((runs) => ({
    spans: runs.map(([offset, counts]) => ({ offset, length: counts.length })),
    counts: runs.flatMap(([, counts]) => counts),
  }));
const histogram: fc.Arbitrary<NativeHistogram> = fc.record({
  schema: fc.constantFrom(-4, 0, 3, 8, -53),
  zeroThreshold: count,
  zeroCount: count,
  count,
  sum: fc.double(),
  positive: buckets,
  negative: buckets,
  customValues: fc.array(fc.double({ noNaN: true }), { maxLength: 4 }),
  resetHint: fc.constantFrom('unknown', 'reset', 'not-reset', 'gauge'),
});

/** What was written is read. */
export function metricRoundTripCases(store: MetricsUnderTest): void {
  describe('gives metrics back as they were written', () => {
    it('labels of any text, values of any bits, starts', async () => {
      await fc.assert(
        fc.asyncProperty(
          fc.uniqueArray(hostileLabels, { minLength: 1, maxLength: 6, selector: (labels) => JSON.stringify(labels) }),
          fc.array(fc.double(), { minLength: 1, maxLength: 5 }),
          async (labelSets, values) => {
            const org = newOrg();
            const samples = labelSets.flatMap((labels) =>
              values.map((value, n) => ({ labels, value, timestampMs: atMs(n), startMs: n % 2 === 0 ? 0 : atMs(-n) })),
            );
            await insertMetrics(store, org, { samples });
            const series = await readAllSamples(store, org);
            const byLabels = new Map(series.map((one) => [JSON.stringify(one.labels), one]));
            expect(byLabels.size).toBe(labelSets.length);
            for (const labels of labelSets) {
              const found = byLabels.get(JSON.stringify(labels));
              expect(bitsOf(found?.values ?? new Float64Array())).toEqual(bitsOf(Float64Array.from(values)));
              expect([...(found?.startsMs ?? [])]).toEqual(values.map((_, n) => (n % 2 === 0 ? 0 : atMs(-n))));
            }
          },
        ),
        { numRuns: shareOf(store, 12) },
      );
    });

    it('the staleness marker apart from other NaNs', async () => {
      const org = newOrg();
      const metrics = metricBatch({
        samples: [0, 1, 2].map((n) => ({ labels: labelsOf('up'), timestampMs: atMs(n), value: Number.NaN })),
      });
      setStaleMarker(metrics.samples.value, 1);
      const batch = { batchId: newBatchId(), receivedAtMs: RECEIVED_AT_MS, retentionDays: 20_000 };
      await store.driver().metrics.insert([store.newEncoder().encode(org, batch, metrics, false)]);
      const [series] = await readAllSamples(store, org);
      const values = series?.values ?? new Float64Array();
      expect([0, 1, 2].map((n) => isStaleMarker(values, n))).toEqual([false, true, false]);
      expect(bitsOf(values)[1]).toBe(STALE_MARKER_BITS);
    });

    it('native histograms, every field', async () => {
      await fc.assert(
        fc.asyncProperty(fc.array(histogram, { minLength: 1, maxLength: 5 }), async (histograms) => {
          const org = newOrg();
          const rows = histograms.map((one, n) => ({
            labels: labelsOf('latency'),
            timestampMs: atMs(n),
            startMs: atMs(-1),
            histogram: one,
          }));
          await insertMetrics(store, org, { histograms: rows });
          const [series] = await readAllSamples(store, org);
          expect(series?.histograms).toEqual(
            rows.map(({ timestampMs, startMs, histogram: one }) => ({ timestampMs, startMs, histogram: one })),
          );
          expect(series?.values).toHaveLength(0);
        }),
        { numRuns: shareOf(store, 12) },
      );
    });

    it('exemplars and metadata', async () => {
      const org = newOrg();
      const exemplar = {
        labels: labelsOf('latency'),
        timestampMs: atMs(1),
        value: 0.25,
        exemplar: labelsOf('', { trace_id: 'abc', "o'dd": '\\' }),
      };
      const old = { metric: 'latency', type: 'counter' as const, unit: '', help: '' };
      const current = {
        metric: 'latency',
        type: 'histogram' as const,
        unit: 'seconds',
        help: "It's how long\nit took.",
      };
      const batch = { exemplars: [exemplar], metadata: [old] };
      await insertMetrics(store, org, { ...batch, receivedAtMs: YESTERDAY_MS });
      await insertMetrics(store, org, {
        exemplars: [exemplar],
        metadata: [current, { ...old, metric: 'b' }],
        receivedAtMs: YESTERDAY_MS + 1,
      });
      const selection = { matchers: [], startMs: atMs(0), endMs: atMs(1) };
      expect(await store.driver().metrics.readExemplars(org, selection, patient())).toEqual([
        { labels: labelsOf('latency'), exemplars: [{ timestampMs: atMs(1), value: 0.25, labels: exemplar.exemplar }] },
      ]);
      expect(await store.driver().metrics.readExemplars(org, { ...selection, startMs: atMs(1) }, patient())).toEqual(
        [],
      );
      const { metrics } = store.driver();
      const both = [{ ...old, metric: 'b' }, current];
      for (const [question, metadata, isCut] of [
        [{ metric: 'latency', limit: 1 }, [current], false],
        [{ limit: 2 }, both, false],
        [{ limit: 1 }, both.slice(0, 1), true],
        [{ limit: 0 }, [], true],
      ] as const) {
        expect(await metrics.readMetadata(org, question, patient())).toEqual({ metadata, isCut });
      }
    });

    it('metadata of many metrics within its limit, and no more of a help than anybody reads', async () => {
      const org = newOrg();
      const names = Array.from({ length: 1000 }, (_, at) => `metric_${String(at).padStart(4, '0')}`);
      const help = 'é'.repeat(10_000);
      await insertMetrics(store, org, {
        metadata: names.map((metric) => ({ metric, type: 'gauge' as const, unit: '', help })),
      });
      const { metadata, isCut } = await store.driver().metrics.readMetadata(org, { limit: 600 }, patient());
      expect(metadata.map(({ metric }) => metric)).toEqual(names.slice(0, 600));
      expect(isCut).toBe(true);
      expect(new Set(metadata.map((one) => one.help))).toEqual(new Set(['é'.repeat(4096)]));
    });

    it('strings known to break programs', async (context) => {
      if (store.naughtyStrings === undefined) {
        context.skip('the corpus of naughty strings is not there');
        return;
      }
      const org = newOrg();
      const values = [
        ...new Set(store.naughtyStrings.filter((value) => value !== '').map((value) => value.toWellFormed())),
      ];
      const samples = values.map((value, n) => ({
        labels: labelsOf('naughty', { value }),
        timestampMs: atMs(0),
        value: n,
      }));
      await insertMetrics(store, org, { samples });
      const series = await readAllSamples(store, org);
      const read = new Map(series.map((one) => [one.labels.find(([name]) => name === 'value')?.[1], one.values[0]]));
      expect(values.filter((value, n) => read.get(value) !== n)).toEqual([]);
      const matchers = [{ name: 'value', op: '=' as const, value: values[7] ?? '' }];
      const selection = { matchers, startMs: atMs(-1), endMs: atMs(1) };
      expect((await store.driver().metrics.readSamples(org, selection, patient())).series).toHaveLength(1);
    });

    it('a time has the same value whatever came first, and once', async () => {
      const org = newOrg();
      const sample = (value: number, seconds = 5) => ({ labels: labelsOf('twice'), timestampMs: atMs(seconds), value });
      await insertMetrics(
        store,
        org,
        { samples: [sample(3), sample(9, 7), sample(1, 1)] },
        { samples: [sample(7), sample(5)] },
      );
      await insertMetrics(store, org, { samples: [sample(2), sample(6)] });
      expect(pointsOf((await readAllSamples(store, org))[0])).toEqual([
        [1, 1],
        [5, 7],
        [7, 9],
      ]);
    });

    it('a time that has a float has no histogram', async () => {
      const org = newOrg();
      const labels = labelsOf('both');
      const histograms = [0, 1].map((n) => ({
        labels,
        timestampMs: atMs(n),
        histogram: nativeHistogram({ count: n }),
      }));
      await insertMetrics(store, org, { samples: [{ labels, timestampMs: atMs(1), value: 4 }], histograms });
      await insertMetrics(store, org, { histograms });
      const [series] = await readAllSamples(store, org);
      expect(pointsOf(series)).toEqual([[1, 4]]);
      expect(series?.histograms.map(({ timestampMs }) => timestampMs)).toEqual([atMs(0)]);
    });
  });
}

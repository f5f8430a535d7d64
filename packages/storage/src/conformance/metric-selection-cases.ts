import type { LabelMatcher } from '@aegisguard/model';
import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import {
  atMs,
  insertMetrics,
  labelsOf,
  type MetricsUnderTest,
  readAllSamples,
  type TestSample,
} from './metrics-under-test.ts';
import { newOrg, patient, shareOf } from './storage-under-test.ts';

/** Which samples a selection means. */
export function metricSelectionCases(store: MetricsUnderTest): void {
  describe('selects metrics', () => {
    const org = newOrg();
    const samples: (TestSample & { startMs: number })[] = [];
    for (const metric of ['up', 'http_requests_total', 'http_errors_total', '']) {
      for (const job of ['', 'api', 'web', 'api.web', 'line\nbreak']) {
        for (const code of ['', '200', '500']) {
          const labels = labelsOf(metric, { host: 'a', ...(job && { job }), ...(code && { code }) });
          for (let n = 0; n < 8; n += 1) {
            samples.push({
              labels,
              timestampMs: atMs((samples.length * 17) % 40),
              value: (samples.length * 7) % 5,
              startMs: samples.length % 3,
            });
          }
        }
      }
    }

    beforeAll(async () => {
      const third = Math.ceil(samples.length / 3);
      await insertMetrics(
        store,
        org,
        { samples: samples.slice(0, third) },
        { samples: samples.slice(third, 2 * third) },
      );
      await insertMetrics(store, org, { samples: samples.slice(2 * third) });
    });

    const matcher: fc.Arbitrary<LabelMatcher> = fc.record({
      name: fc.constantFrom('__name__', 'job', 'code', 'host', 'absent', "it's"),
      op: fc.constantFrom('=', '!=', '=~', '!~'),
      value: fc.constantFrom(
        '',
        'up',
        'api',
        '200',
        '500',
        'a',
        'api|web',
        'http_.*',
        'api.web',
        '.+',
        '.*',
        'line.break',
        '(api|)',
        '[25]00',
        'ap',
        'http_(requests|errors)_total',
      ),
    });

    it('as looking at every sample does, in order of labels', async () => {
      await fc.assert(
        fc.asyncProperty(
          fc.array(matcher, { maxLength: 3 }),
          fc.integer({ min: -2, max: 41 }),
          fc.integer({ min: -2, max: 41 }),
          async (matchers, start, end) => {
            const selection = { matchers, startMs: atMs(start), endMs: atMs(end) };
            const { series } = await store.driver().metrics.readSamples(org, selection, patient());
            const expected = new Map(
              store.referenceSamples(samples, selection).map((one) => [JSON.stringify(one.labels), one]),
            );
            expect(series.map(({ labels }) => JSON.stringify(labels)).sort()).toEqual([...expected.keys()].sort());
            for (const { labels, timestampsMs, values, startsMs } of series) {
              expect({ labels, timestampsMs, values, startsMs }).toEqual(expected.get(JSON.stringify(labels)));
            }
            const texts = series.map(({ labels }) => labels.flat());
            expect(texts).toEqual([...texts].sort(compareTexts));
          },
        ),
        { numRuns: shareOf(store, 60) },
      );
    });

    it('an open range, its start not and its end', async () => {
      const own = newOrg();
      await insertMetrics(store, own, {
        samples: [0, 1, 2].map((n) => ({ labels: labelsOf('m'), timestampMs: atMs(n), value: n })),
      });
      const read = async (startMs: number, endMs: number) =>
        (await store.driver().metrics.readSamples(own, { matchers: [], startMs, endMs }, patient())).series.flatMap(
          ({ values }) => [...values],
        );
      expect(await read(atMs(0), atMs(2))).toEqual([1, 2]);
      expect(await read(Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY)).toEqual([0, 1, 2]);
      expect(await read(atMs(2), atMs(2))).toEqual([]);
    });

    it('finds series that were last written long before, as long as their samples come', async () => {
      const own = newOrg();
      const encoder = store.newEncoder();
      const samplesAt = (minutes: number) => ({
        samples: [{ labels: labelsOf('slow'), timestampMs: atMs(minutes * 60), value: minutes }],
      });
      for (const minutes of [0, 9, 10, 19, 20, 45]) {
        await insertMetrics({ ...store, newEncoder: () => encoder }, own, samplesAt(minutes));
      }
      for (const minutes of [9, 10, 19, 20, 45]) {
        const selection = { matchers: [], startMs: atMs(minutes * 60 - 1), endMs: atMs(minutes * 60) };
        expect((await store.driver().metrics.readSamples(own, selection, patient())).series).toHaveLength(1);
      }
    });

    it('keeps organizations apart', async () => {
      const [mine, other] = [newOrg(), newOrg()];
      const labels = labelsOf('shared', { job: 'x' });
      const rows = (value: number) => ({
        samples: [{ labels, timestampMs: atMs(0), value }],
        exemplars: [{ labels, timestampMs: atMs(0), value, exemplar: labelsOf('', { trace_id: `${value}` }) }],
        metadata: [{ metric: 'shared', type: 'gauge' as const, unit: '', help: `${value}` }],
      });
      await insertMetrics(store, mine, rows(1));
      await insertMetrics(store, other, rows(2));
      const { metrics } = store.driver();
      const selection = { matchers: [], startMs: atMs(-1), endMs: atMs(1) };
      expect((await readAllSamples(store, mine)).map(({ values }) => [...values])).toEqual([[1]]);
      expect(
        (await metrics.readExemplars(mine, selection, patient())).map(({ exemplars }) => exemplars[0]?.value),
      ).toEqual([1]);
      expect((await metrics.readMetadata(mine, { limit: 9 }, patient())).metadata.map(({ help }) => help)).toEqual([
        '1',
      ]);
      const stranger = newOrg();
      expect(await readAllSamples(store, stranger)).toEqual([]);
      expect(await metrics.readExemplars(stranger, selection, patient())).toEqual([]);
      expect(await metrics.readMetadata(stranger, { metric: 'shared', limit: 9 }, patient())).toEqual({
        metadata: [],
        isCut: false,
      });
    });

    it('within bounds: no time, no client, no such expression', async () => {
      const selection = { matchers: [], startMs: atMs(0), endMs: atMs(1) };
      const read = (bounds = patient(), value = 'a') =>
        store
          .driver()
          .metrics.readSamples(newOrg(), { ...selection, matchers: [{ name: 'job', op: '=~', value }] }, bounds);
      await expect(read({ ...patient(), timeoutMs: 0 })).rejects.toMatchObject({ code: 'query-timeout' });
      await expect(read({ ...patient(), signal: AbortSignal.abort() })).rejects.toMatchObject({
        code: 'query-cancelled',
      });
      await expect(read(patient(), '(')).rejects.toMatchObject({ code: 'invalid-query' });
      await expect(read(patient(), 'a)|(b')).rejects.toMatchObject({ code: 'invalid-query' });
    });
  });
}

function compareTexts(left: readonly string[], right: readonly string[]): number {
  const at = left.findIndex((text, index) => text !== right[index]);
  if (at === -1 || right[at] === undefined) {
    return left.length - right.length;
  }
  return (left[at] ?? '') < (right[at] ?? '') ? -1 : 1;
}

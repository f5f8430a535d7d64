import type { LabelMatcher, Labels, MetricReader, OrgId, SeriesQuestion, SeriesSamples } from '@aegisguard/model';
import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { atMs, insertMetrics, labelsOf, type MetricsUnderTest } from './metrics-under-test.ts';
import { newOrg, patient, shareOf } from './storage-under-test.ts';

/** What this part of the suite needs besides. */
export interface MetricNamesUnderTest extends MetricsUnderTest {
  /** Answers by looking at every series, in the plainest way: what drivers are compared with. */
  readonly referenceMetrics: (
    metrics: ReadonlyMap<OrgId, { readonly series: readonly SeriesSamples[] }>,
  ) => MetricReader;
}

const HOUR_S = 3_600;
const EVER = { selections: [], startMs: atMs(-1_000 * HOUR_S), endMs: atMs(1_000 * HOUR_S), limit: 1_000 };
const HOSTILE = [
  "it's",
  'back\\slash',
  'nul\0',
  'line\nbreak',
  '{"a":1}',
  '__proto__',
  '温度',
  '\u{1f600}',
  '\uffee',
  ' ',
];

const WEEK_H = 168;

/** Hours before and after the suite's time at which a series has samples. Ranges begin and end half an hour from them, and no series has a gap within a week: more a store need not know. */
interface SeenSeries {
  readonly labels: Labels;
  readonly hours: readonly number[];
}

/** Names and series, compared with looking at every one. */
export function metricNameCases(store: MetricNamesUnderTest): void {
  describe('names and series', () => {
    const [org, other, stranger] = [newOrg(), newOrg(), newOrg()];
    const [own, others] = [generatedSeries(1), generatedSeries(2)];
    const reference = store.referenceMetrics(
      new Map([
        [org, { series: own.map(seriesSamples) }],
        [other, { series: others.map(seriesSamples) }],
      ]),
    );

    beforeAll(async () => {
      await insertMetrics(store, org, ...batchesOf(own.slice(0, 90)));
      await insertMetrics(store, org, ...batchesOf(own.slice(60)));
      await insertMetrics(store, other, ...batchesOf(others));
    });

    const name = fc.constantFrom('__name__', 'job', 'code', 'zone', 'Upper', 'absent', '温度', "it's", '\u{1f600}');
    const matcher: fc.Arbitrary<LabelMatcher> = fc.record({
      name,
      op: fc.constantFrom('=', '!=', '=~', '!~'),
      value: fc.constantFrom(
        ...['', 'up', 'api', 'web', '200', 'up|api', '.+', '.*', 'a.*|', '(api|)', '[25]00', '.*break', 'http_.*', '.'],
        ...HOSTILE.filter((text) => !/[\\{]/.test(text)),
      ),
    });
    const edge = fc
      .tuple(fc.integer({ min: -24, max: 24 }), fc.constantFrom(-WEEK_H, 0, WEEK_H))
      .map(([hours, week]) => atMs((hours + week - 0.5) * HOUR_S));
    const question: fc.Arbitrary<SeriesQuestion> = fc.record({
      selections: fc.array(fc.array(matcher, { maxLength: 3 }), { maxLength: 3 }),
      startMs: edge,
      endMs: edge,
      limit: fc.constantFrom(1, 3, 10, 1_000),
    });

    it('as looking at every series does', async () => {
      const { metrics } = store.driver();
      await fc.assert(
        fc.asyncProperty(question, name, fc.constantFrom(org, other, stranger), async (asked, label, of) => {
          const answers = async (reader: MetricReader) => ({
            names: await reader.readLabelNames(of, asked, patient()),
            values: await reader.readLabelValues(of, label, asked, patient()),
            series: await reader.readSeries(of, asked, patient()),
            cardinality: await reader.readCardinality(of, asked, patient()),
          });
          expect(await answers(metrics)).toEqual(await answers(reference));
        }),
        { numRuns: shareOf(store, 25) },
      );
    });

    it('once, however often a series was seen', async () => {
      const [mine, labels] = [newOrg(), labelsOf('m', { job: 'a' })];
      for (const hours of [0, 1, 2]) {
        await insertMetrics(store, mine, ...batchesOf([{ labels, hours: [hours] }]));
      }
      const { metrics } = store.driver();
      expect(await metrics.readSeries(mine, EVER, patient())).toEqual({ series: [labels], isCut: false });
      expect(await metrics.readCardinality(mine, EVER, patient())).toEqual({
        seriesCount: 1,
        metrics: [{ metric: 'm', series: 1 }],
        labels: [
          { name: '__name__', values: 1, series: 1 },
          { name: 'job', values: 1, series: 1 },
        ],
        pairs: [
          { name: '__name__', value: 'm', series: 1 },
          { name: 'job', value: 'a', series: 1 },
        ],
      });
    });

    it('within bounds: no time, no client, no such expression', async () => {
      const { metrics } = store.driver();
      const selections = [[], [{ name: 'job', op: '=~' as const, value: 'a)|(b' }]];
      await expect(metrics.readSeries(org, { ...EVER, selections }, patient())).rejects.toMatchObject({
        code: 'invalid-query',
      });
      await expect(metrics.readLabelNames(org, EVER, { ...patient(), timeoutMs: 0 })).rejects.toMatchObject({
        code: 'query-timeout',
      });
      const signal = AbortSignal.abort();
      await expect(metrics.readCardinality(org, EVER, { ...patient(), signal })).rejects.toMatchObject({
        code: 'query-cancelled',
      });
    });
  });
}

/** Series of every kind: with and without a name, with labels that few have, and with texts that break programs. */
function generatedSeries(seed: number): SeenSeries[] {
  const series: SeenSeries[] = [];
  for (const metric of ['', 'up', 'http_requests_total', 'http_errors_total', '温度', "it's"]) {
    for (const [index, job] of ['', 'api', 'web', ...HOSTILE].entries()) {
      for (const code of ['', '200', '500'].slice(0, 1 + ((index * seed) % 3))) {
        const number = series.length;
        const labels = {
          zone: `z${number % 4}`,
          ...(job && { job }),
          ...(code && { code }),
          ...(number % 5 === 0 && { Upper: `${number % (7 * seed)}` }),
          ...(number % 7 === 0 && { [HOSTILE[number % HOSTILE.length] ?? '']: `${seed}` }),
        };
        series.push({
          labels: labelsOf(metric, labels),
          hours: number % 3 === 0 ? [(number % 41) - 20] : [(number % 41) - 20, (number % 41) - 20 + WEEK_H],
        });
      }
    }
  }
  return series;
}

function batchesOf(series: readonly SeenSeries[]) {
  return [0, 1].map((which) => ({
    samples: series.map(({ labels, hours }) => ({
      labels,
      timestampMs: atMs((hours[which] ?? hours[0] ?? 0) * HOUR_S),
      value: 1,
    })),
  }));
}

function seriesSamples({ labels, hours }: SeenSeries): SeriesSamples {
  return {
    id: 0n,
    labels,
    timestampsMs: Float64Array.from(hours, (hour) => atMs(hour * HOUR_S)),
    values: Float64Array.from(hours, () => 1),
    startsMs: Float64Array.from(hours, () => 0),
    histograms: [],
  };
}

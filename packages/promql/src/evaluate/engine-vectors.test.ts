import { readFileSync } from 'node:fs';
import type { Labels, MetricReader } from '@aegisguard/model';
import { ReferenceMetricReader, suitePath } from '@aegisguard/testkit';
import { describe, expect, it } from 'vitest';
import { SCRIPT_ORG } from '../testing/check-evaluation.ts';
import { LoadedSeries } from '../testing/loaded-series.ts';
import { parseScript } from '../testing/parse-script.ts';
import { evaluateQuery } from './evaluate-query.ts';
import type { EvaluationOptions, QueryResult } from './query-result.ts';

// Tables of Prometheus's own tests of its engine.

const BOUNDS = { signal: new AbortController().signal, timeoutMs: 60_000 };
const path = suitePath('prometheus-vectors', 'engine.json');
const MS_PER_SECOND = 1000;

type Json = Readonly<Record<string, unknown>>;

interface Table {
  readonly func: string;
  readonly cases: unknown;
}

interface TimedCase {
  readonly Query: string;
  readonly Start: { readonly args: readonly [number, number] };
  readonly End?: { readonly args: readonly [number, number] };
  readonly Interval?: { readonly $expr?: string; readonly $ident?: string };
}

const tables: readonly Table[] = path === undefined ? [] : JSON.parse(readFileSync(path, 'utf8'));

function casesOf<T>(func: string): T[] {
  const cases = tables.find((table) => table.func === func)?.cases ?? [];
  return (Array.isArray(cases) ? cases : Object.values(cases as Json)) as T[];
}

function readerOf(script: string): MetricReader {
  const loaded = new LoadedSeries();
  for (const command of parseScript(script)) {
    if (command.kind === 'load') {
      loaded.load(command.stepMs, command.series, command.hasCustomBuckets);
    }
  }
  return new ReferenceMetricReader(new Map([[SCRIPT_ORG, { series: loaded.samples() }]]));
}

function intervalOf({ Interval }: TimedCase): number {
  const [, count = '1', unit = 'Second'] =
    /(?:(\d+) \* )?time\.(\w+)/.exec(Interval?.$expr ?? Interval?.$ident ?? '') ?? [];
  return Number(count) * (unit === 'Minute' ? 60_000 : MS_PER_SECOND);
}

function evaluate(reader: MetricReader, one: TimedCase, options: EvaluationOptions = {}): Promise<QueryResult> {
  const startMs = one.Start.args[0] * MS_PER_SECOND;
  const endMs = (one.End?.args[0] ?? one.Start.args[0]) * MS_PER_SECOND;
  return evaluateQuery(reader, SCRIPT_ORG, one.Query, { startMs, endMs, stepMs: intervalOf(one) }, BOUNDS, options);
}

/** A matrix of a table in the form of ours. */
function matrixOf(value: unknown): unknown {
  const { $elems } = value as {
    $elems: readonly { Floats: readonly { F: number; T?: number }[]; Metric: { $labels: Json } }[];
  };
  return $elems.map(({ Floats, Metric }) => ({
    labels: Object.entries(Metric.$labels).sort(([a], [b]) => (a < b ? -1 : 1)),
    points: Floats.map(({ F, T = 0 }) => [T, F]),
  }));
}

function pointsOf({ data }: QueryResult): unknown {
  if (data.resultType !== 'matrix') {
    throw new Error(`a ${data.resultType}`);
  }
  return data.series.map(
    ({ labels, timestampsMs, values }: { labels: Labels; timestampsMs: Float64Array; values: Float64Array }) => ({
      labels,
      points: Array.from(timestampsMs, (timestampMs, index) => [timestampMs, values[index]]),
    }),
  );
}

describe.skipIf(path === undefined)('tables of the engine (skipped where the suite is absent)', () => {
  const reader = readerOf(`load 10s
  metric 1+1x100
  bigmetric{a="1"} 1+1x100
  bigmetric{a="2"} 1+1x100
  metricWith1SampleEvery10Seconds 1+1x100
  metricWith3SampleEvery10Seconds{a="1",b="1"} 1+1x100
  metricWith3SampleEvery10Seconds{a="2",b="2"} 1+1x100
  metricWith3SampleEvery10Seconds{a="3",b="2"} 1+1x100
  metricWith1HistogramEvery10Seconds {{schema:1 count:5 sum:20 buckets:[1 2 1 1]}}+{{schema:1 count:10 sum:5 buckets:[1 2 3 4]}}x100
`);

  const counted = casesOf<TimedCase & { TotalSamples: number; PeakSamples?: number }>('TestQueryStatistics');
  // What `absent_over_time` holds while it looks is not counted.
  const isPeakCounted = (query: string): boolean => !query.startsWith('absent_over_time');
  it.each(counted.map((one) => [one.Query, one.Start.args[0], one] as const))(
    'samples of %s at %d',
    async (query, _at, one) => {
      const { samples } = await evaluate(reader, one);
      const peak = isPeakCounted(query) ? (one.PeakSamples ?? samples.peak) : samples.peak;
      expect(samples).toEqual({ total: one.TotalSamples, peak });
    },
  );

  const limited = casesOf<TimedCase & { MaxSamples: number }>('TestMaxQuerySamples');
  it.each(limited.map((one) => [one.Query, one.MaxSamples, one] as const))(
    '%s needs %d samples',
    async (_query, max, one) => {
      await expect(evaluate(reader, one, { samplesMax: max })).resolves.toBeDefined();
      await expect(evaluate(reader, one, { samplesMax: max - 1 })).rejects.toMatchObject({
        code: 'query-too-large',
        detail: 'query processing would load too many samples into memory in query execution',
      });
    },
  );

  const annotated = casesOf<{
    data: string;
    expr: string;
    expectedWarningAnnotations?: string[];
    expectedInfoAnnotations?: string[];
    /** Of an option of Prometheus's that we do not have. */
    typeAndUnitLabelsEnabled?: boolean;
  }>('TestRateAnnotations').filter((one) => one.typeAndUnitLabelsEnabled !== true);
  it.each(annotated.map((one) => [one.expr, one.data.trim(), one] as const))(
    'annotations of %s over %s',
    async (_query, _data, one) => {
      const loaded = readerOf(`load 1m\n${one.data.trim()}`);
      const window = { startMs: 60_000, endMs: 60_000, stepMs: 1 };
      const { infos, warnings } = await evaluateQuery(loaded, SCRIPT_ORG, one.expr, window, BOUNDS);
      expect({ infos, warnings }).toEqual({
        infos: one.expectedInfoAnnotations ?? [],
        warnings: one.expectedWarningAnnotations ?? [],
      });
    },
  );

  const subqueries = casesOf<{ loadString: string; cases: (TimedCase & { Result: { $elems: unknown[] } })[] }>(
    'TestSubquerySelector',
  );
  it.each(
    subqueries.flatMap(({ loadString, cases }) =>
      cases.map((one) => [one.Query, one.Start.args[0], { one, loadString }] as const),
    ),
  )('%s at %d', async (_query, _at, { one, loadString }) => {
    const result = await evaluate(readerOf(loadString), one);
    expect(pointsOf(result)).toEqual(matrixOf(one.Result.$elems[1]));
  });

  const extended = casesOf<{ query: string; t: TimedCase['Start']; expected: unknown }>('TestExtendedRangeSelectors');
  const gaps = readerOf('load 10s\nmetric 1+1x10\nwithreset 1+1x4 1+1x5\nnotregular 0 5 100 2 8');
  it.each(extended.map((one) => [one.query, one.t.args[0], one] as const))('%s at %d', async (query, _at, one) => {
    const result = await evaluate(gaps, { Query: query, Start: one.t });
    expect(pointsOf(result)).toEqual(matrixOf(one.expected));
  });
});

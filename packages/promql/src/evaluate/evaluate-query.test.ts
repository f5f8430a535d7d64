import {
  AegisError,
  type GridAnswer,
  type GridRequest,
  type MetricReader,
  type MetricSelection,
  type OrgId,
  parseOrgId,
  type QueryBounds,
} from '@aegisguard/model';
import { ReferenceMetricReader } from '@aegisguard/testkit';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { LoadedSeries } from '../testing/loaded-series.ts';
import { parseScript } from '../testing/parse-script.ts';
import { evaluateQuery } from './evaluate-query.ts';
import type { EvaluationOptions, QueryResult } from './query-result.ts';

const ORG = parseOrgId('00000000-0000-7000-8000-00000000000b');
const OTHER = parseOrgId('00000000-0000-7000-8000-00000000000c');
const BOUNDS: QueryBounds = { signal: new AbortController().signal, timeoutMs: 60_000 };
const AT_5M = { startMs: 300_000, endMs: 300_000, stepMs: 1 };
const MINUTES = { startMs: 0, endMs: 600_000, stepMs: 60_000 };

function readerOf(script: string): MetricReader {
  const loaded = new LoadedSeries();
  for (const command of parseScript(script)) {
    if (command.kind === 'load') {
      loaded.load(command.stepMs, command.series, command.hasCustomBuckets);
    }
  }
  return new ReferenceMetricReader(new Map([[ORG, { series: loaded.samples() }]]));
}

const READER = readerOf('load 1m\n  m{k="b"} 1+1x20\n  m{k="a"} 2+2x20');

function evaluate(
  query: string,
  window = AT_5M,
  { options = {}, bounds = BOUNDS }: { readonly options?: EvaluationOptions; readonly bounds?: QueryBounds } = {},
): Promise<QueryResult> {
  return evaluateQuery(READER, ORG, query, window, bounds, options);
}

/** A reader that notes what it is asked. */
function watched(): { readonly reader: MetricReader; readonly asked: [OrgId, MetricSelection][] } {
  const asked: [OrgId, MetricSelection][] = [];
  const reader: MetricReader = Object.create(READER, {
    readSamples: {
      value: async (orgId: OrgId, selection: MetricSelection, bounds: QueryBounds) => {
        asked.push([orgId, selection]);
        const { series } = await READER.readSamples(ORG, selection, bounds);
        return { series, stats: { elapsedMs: 1, rowsRead: 10, bytesRead: 100 } };
      },
    },
  });
  return { reader, asked };
}

it('each type of answer', async () => {
  await expect(evaluate('m')).resolves.toMatchObject({ data: { resultType: 'vector' } });
  await expect(evaluate('m[1m]')).resolves.toMatchObject({ data: { resultType: 'matrix' } });
  await expect(evaluate('1 + 1')).resolves.toMatchObject({
    data: { resultType: 'scalar', timestampMs: 300_000, value: 2 },
  });
  await expect(evaluate('"text"')).resolves.toMatchObject({ data: { resultType: 'string', value: 'text' } });
  await expect(evaluate('m', MINUTES)).resolves.toMatchObject({ data: { resultType: 'matrix' } });
  await expect(evaluate('m', AT_5M, { options: { isRange: true } })).resolves.toMatchObject({
    data: { resultType: 'matrix' },
  });
});

it('series are in order of labels', async () => {
  const { data } = await evaluate('m');
  expect(data).toMatchObject({
    series: [
      {
        labels: [
          ['__name__', 'm'],
          ['k', 'a'],
        ],
      },
      {
        labels: [
          ['__name__', 'm'],
          ['k', 'b'],
        ],
      },
    ],
  });
});

it.each(['"text"', 'm[1m]', '(m[5m:1m])'])('a range query of %s is refused before anything is read', async (query) => {
  const { reader, asked } = watched();
  await expect(evaluateQuery(reader, ORG, query, MINUTES, BOUNDS)).rejects.toMatchObject({
    code: 'query-not-runnable',
    detail: expect.stringMatching(/^invalid expression type ".+" for range query, must be Scalar or instant Vector$/),
  });
  expect(asked).toEqual([]);
});

it('reads as the organization, what the windows cover, and adds up what that costs', async () => {
  const { reader, asked } = watched();
  const { stats } = await evaluateQuery(reader, OTHER, 'm offset 1m + max_over_time(m[2m:30s])', MINUTES, BOUNDS);
  expect(asked.map(([orgId, { startMs, endMs }]) => [orgId, startMs, endMs])).toEqual([
    [OTHER, -360_000, 540_000],
    [OTHER, -390_000, 600_000],
  ]);
  expect(stats).toEqual({ elapsedMs: 2, rowsRead: 20, bytesRead: 200 });
});

it('another organization has nothing', async () => {
  await expect(evaluateQuery(READER, OTHER, 'm', AT_5M, BOUNDS)).resolves.toMatchObject({ data: { series: [] } });
});

it('what its options say', async () => {
  await expect(
    evaluate('m', { ...AT_5M, startMs: 1_230_000, endMs: 1_230_000 }, { options: { lookbackMs: 30_000 } }),
  ).resolves.toMatchObject({ data: { series: [] } });
  const subquery = await evaluate('count_over_time(m{k="a"}[2m:])', AT_5M, { options: { subqueryStepMs: 20_000 } });
  expect(subquery.data).toMatchObject({ series: [{ values: Float64Array.of(6) }] });
});

it.each([
  ['m @ 0', { samplesMax: 21 }, MINUTES],
  ['m', { samplesMax: 21 }, MINUTES],
  ['m[10m]', { samplesMax: 19 }, { ...AT_5M, startMs: 900_000, endMs: 900_000 }],
])('%s needs more samples than %j', async (query, options, window) => {
  await expect(evaluate(query, window, { options })).rejects.toMatchObject({ code: 'query-too-large' });
  await expect(evaluate(query, window)).resolves.toBeDefined();
});

it.each(['m[10y:1ms]', 'sum_over_time(m[100y:1ms])', 'vector(1)[200y:1ms]'])(
  '%s is refused, not computed',
  async (query) => {
    await expect(evaluate(query)).rejects.toMatchObject({ code: 'query-too-large' });
  },
);

it('too many points', async () => {
  await expect(evaluate('m', { startMs: 0, endMs: 11_001_000, stepMs: 1000 })).rejects.toMatchObject({
    code: 'query-not-runnable',
  });
});

it('ends when its time is over, and when its client is gone', async () => {
  // Some 1.5 million points, so that a turn is over for certain.
  const query = `${'sum_over_time('.repeat(3)}m${'[1d:1s])'.repeat(3)}`;
  await expect(evaluate(query, AT_5M, { bounds: { ...BOUNDS, timeoutMs: 1 } })).rejects.toMatchObject({
    code: 'query-timeout',
  });
  const client = new AbortController();
  const answer = evaluate(query, AT_5M, { bounds: { ...BOUNDS, signal: client.signal } });
  client.abort(new AegisError('query-cancelled'));
  await expect(answer).rejects.toMatchObject({ code: 'query-cancelled' });
});

it('what is read has the time that the query has left', async () => {
  const times: number[] = [];
  const reader: MetricReader = Object.create(READER, {
    readSamples: {
      value: async (orgId: OrgId, selection: MetricSelection, bounds: QueryBounds) => {
        times.push(bounds.timeoutMs);
        const endMs = performance.now() + 5;
        while (performance.now() < endMs) {
          // A store that is slow.
        }
        return READER.readSamples(orgId, selection, bounds);
      },
    },
  });
  await evaluateQuery(reader, ORG, 'm + on (k) m offset 1m', AT_5M, BOUNDS);
  expect(times).toHaveLength(2);
  expect(times[1]).toBeLessThanOrEqual((times[0] ?? 0) - 5);
});

it('each point of a range query is what an instant query gives there', async () => {
  const query = fc.constantFrom(
    'm',
    'm offset 3m',
    'rate(m[5m])',
    'sum(m) - max_over_time(m{k="a"}[4m:90s])',
    'm{k="a"} / on() group_left() m{k="b"} > 1.99',
    'topk(1, m % 7)',
    'm @ 120 or m',
    'quantile(0.3, m)',
  );
  const offset = fc.integer({ min: -600, max: 2000 });
  await fc.assert(
    fc.asyncProperty(query, offset, fc.integer({ min: 1, max: 200 }), async (text, startSeconds, stepSeconds) => {
      const startMs = startSeconds * 1000;
      const stepMs = stepSeconds * 1000;
      const range = await evaluate(text, { startMs, endMs: startMs + 3 * stepMs, stepMs });
      for (let point = 0; point < 4; point += 1) {
        const atMs = startMs + point * stepMs;
        const instant = await evaluate(text, { startMs: atMs, endMs: atMs, stepMs: 1 });
        expect(pointsAt(range, atMs)).toEqual(pointsAt(instant, atMs));
      }
    }),
    { numRuns: 60 },
  );
});

function pointsAt({ data }: QueryResult, atMs: number): Map<string, number> {
  const points = new Map<string, number>();
  for (const { labels, timestampsMs, values } of 'series' in data ? data.series : []) {
    const index = timestampsMs.indexOf(atMs);
    if (index !== -1) {
      points.set(JSON.stringify(labels), values[index] ?? Number.NaN);
    }
  }
  return points;
}

describe('a reader that takes over', () => {
  const labels = [['__name__', 'm']] as const;
  const asked: GridRequest[] = [];
  const reader = (rule?: string): MetricReader =>
    Object.create(READER, {
      readSamples: { value: READER.readSamples.bind(READER) },
      readGrid: {
        value: (_orgId: OrgId, request: GridRequest): Promise<GridAnswer> => {
          asked.push(request);
          const { points } = request;
          const series = {
            labels,
            isPresent: new Uint8Array(points).fill(1),
            values: new Float64Array(points).fill(7),
          };
          series.isPresent[1] = 0;
          return Promise.resolve({ series: [series], stats: { elapsedMs: 0, rowsRead: 0, bytesRead: 0 }, rule });
        },
      },
    });

  it('is asked for windows as the selector has them, and what it gives is taken for the call', async () => {
    asked.length = 0;
    const query = 'sum(rate(m[2m] offset 1m))';
    const { data, infos } = await evaluateQuery(reader('by a rule'), ORG, query, MINUTES, BOUNDS);
    expect(asked).toEqual([
      {
        matchers: [{ name: '__name__', op: '=', value: 'm' }],
        function: 'rate',
        firstMs: MINUTES.startMs - 60_000,
        stepMs: MINUTES.stepMs,
        points: (MINUTES.endMs - MINUTES.startMs) / MINUTES.stepMs + 1,
        windowMs: 120_000,
      },
    ]);
    expect(data).toMatchObject({ series: [{ labels: [] }] });
    const [first] = data.resultType === 'matrix' ? data.series : [];
    expect([...(first?.values ?? [])].every((value) => value === 7)).toBe(true);
    expect(first?.timestampsMs).not.toContain(MINUTES.startMs + MINUTES.stepMs);
    expect(infos).toEqual([
      'PromQL info: by a rule (1:5)',
      'PromQL info: metric might not be a counter, name does not end in _total/_sum/_count/_bucket: "m" (1:10)',
    ]);
  });

  it('is asked for the lookback of an instant selector, and keeps its name', async () => {
    asked.length = 0;
    const { data } = await evaluateQuery(reader(), ORG, 'm', MINUTES, BOUNDS, { lookbackMs: 90_000 });
    expect(asked).toMatchObject([{ function: 'last', windowMs: 90_000 }]);
    expect(data).toMatchObject({ series: [{ labels }] });
  });

  it.each(['m @ 60', 'rate(m[2m] anchored)', 'm smoothed', 'stddev_over_time(m[2m])', 'max_over_time(m[2m] @ 60)'])(
    'is not asked for %s',
    async (query) => {
      asked.length = 0;
      await evaluateQuery(reader(), ORG, query, MINUTES, BOUNDS);
      expect(asked).toEqual([]);
    },
  );
});

import {
  AegisError,
  type Labels,
  type NativeHistogram,
  parseOrgId,
  type QueryBounds,
  type SeriesSamples,
} from '@aegisguard/model';
import { ReferenceMetricReader } from '@aegisguard/testkit';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { toFloats } from '../testing/load-series.ts';
import { evaluateQuery } from './evaluate-query.ts';

const ORG = parseOrgId('00000000-0000-7000-8000-00000000000a');
const OTHER = parseOrgId('00000000-0000-7000-8000-00000000000b');
const BOUNDS: QueryBounds = { signal: new AbortController().signal, timeoutMs: 30_000 };
const STALE = 'stale';

type Value = number | typeof STALE;

function series(
  labels: Record<string, string>,
  samples: readonly (readonly [seconds: number, value: Value])[],
): SeriesSamples {
  const sorted: Labels = Object.entries(labels).sort(([a], [b]) => (a < b ? -1 : 1));
  return {
    id: 0n,
    labels: sorted,
    timestampsMs: Float64Array.from(samples, ([seconds]) => seconds * 1000),
    values: toFloats(samples.map(([, value]) => value)),
    startsMs: new Float64Array(samples.length),
    histograms: [],
  };
}

function histogram(sum: number): NativeHistogram {
  const none = { spans: [], counts: [] };
  return {
    schema: 0,
    zeroThreshold: 0,
    zeroCount: 1,
    count: 1,
    sum,
    positive: none,
    negative: none,
    customValues: [],
    resetHint: 'unknown',
  };
}

/** Points as [seconds, value], over a range in seconds; an instant query where there is one time. */
async function run(data: readonly SeriesSamples[], query: string, start: number, end = start, step = 60) {
  const reader = new ReferenceMetricReader(new Map([[ORG, { series: data }]]));
  const window = { startMs: start * 1000, endMs: end * 1000, stepMs: step * 1000 };
  return evaluateQuery(reader, ORG, query, window, BOUNDS);
}

async function points(data: readonly SeriesSamples[], query: string, start: number, end = start, step = 60) {
  const result = await run(data, query, start, end, step);
  return result.series.map(({ labels, timestampsMs, values }) => ({
    labels: Object.fromEntries(labels),
    points: Array.from(timestampsMs, (ms, index) => [ms / 1000, values[index]]),
  }));
}

async function only(data: readonly SeriesSamples[], query: string, start: number, end = start, step = 60) {
  const all = await points(data, query, start, end, step);
  expect(all.length).toBeLessThanOrEqual(1);
  return all[0]?.points ?? [];
}

describe('a selector', () => {
  const up = series({ __name__: 'up', job: 'a' }, [
    [0, 1],
    [60, 2],
  ]);

  it.each([
    [-1, []],
    [0, [[0, 1]]],
    [59, [[59, 1]]],
    [60, [[60, 2]]],
    [359, [[359, 2]]],
    // The five minutes are open at their far end.
    [360, []],
  ])('at %d s', async (at, expected) => {
    expect(await only([up], 'up', at)).toEqual(expected);
  });

  it('answers a vector at one time and a matrix over several, with its name', async () => {
    expect((await run([up], 'up', 60)).resultType).toBe('vector');
    expect((await run([up], 'up', 60, 120)).resultType).toBe('matrix');
    expect(await points([up], 'up', 0, 420, 120)).toEqual([
      {
        labels: { __name__: 'up', job: 'a' },
        points: [
          [0, 1],
          [120, 2],
          [240, 2],
        ],
      },
    ]);
  });

  it('ends a series at a staleness marker at once, and begins it again after', async () => {
    const gone = series({ __name__: 'up' }, [
      [0, 1],
      [60, STALE],
      [120, 3],
    ]);
    expect(await only([gone], 'up', 0, 180, 30)).toEqual([
      [0, 1],
      [30, 1],
      [120, 3],
      [150, 3],
      [180, 3],
    ]);
  });

  it('keeps NaN and infinities, which are values', async () => {
    const odd = series({ __name__: 'up' }, [
      [0, Number.NaN],
      [60, Number.POSITIVE_INFINITY],
    ]);
    expect(await only([odd], 'up', 0, 60)).toEqual([
      [0, Number.NaN],
      [60, Number.POSITIVE_INFINITY],
    ]);
  });

  it('looks back by its offset', async () => {
    expect(await only([up], 'up offset 1m', 60, 120)).toEqual([
      [60, 1],
      [120, 2],
    ]);
    expect(await only([up], 'up offset -1m', 0)).toEqual([[0, 2]]);
  });

  it('stands still with @', async () => {
    expect(await only([up], 'up @ 0', 1000, 1060)).toEqual([
      [1000, 1],
      [1060, 1],
    ]);
    expect(await only([up], 'up @ end()', 0, 60)).toEqual([
      [0, 2],
      [60, 2],
    ]);
    expect(await only([up], 'up @ start()', 0, 60)).toEqual([
      [0, 1],
      [60, 1],
    ]);
    expect(await only([up], 'up @ 60 offset 1m', 600)).toEqual([[600, 1]]);
  });

  it('orders series by their labels', async () => {
    const data = ['c', 'a', 'b'].map((job) => series({ __name__: 'up', job }, [[0, 1]]));
    const answer = await points(data, '{__name__=~"u."}', 0);
    expect(answer.map(({ labels }) => labels.job)).toEqual(['a', 'b', 'c']);
  });

  it('takes the newest of floats and histograms, and ends at a stale histogram', async () => {
    const staleSum = new Float64Array(new BigUint64Array([0x7ff0000000000002n]).buffer)[0] ?? 0;
    const mixed = {
      ...series({ __name__: 'h' }, [[0, 7]]),
      histograms: [
        { timestampMs: 60_000, startMs: 0, histogram: histogram(4) },
        { timestampMs: 120_000, startMs: 0, histogram: histogram(staleSum) },
      ],
    };
    const { series: found } = await run([mixed], 'h', 0, 180);
    expect(found[0]?.values).toEqual(Float64Array.of(7));
    expect(found[0]?.histograms).toEqual([{ timestampMs: 60_000, histogram: histogram(4) }]);
  });

  it('alone with a range gives the stored samples at one time, and is refused over several', async () => {
    expect(await only([up], 'up[1m]', 60)).toEqual([[60, 2]]);
    expect(await only([up], 'up[61s]', 60)).toEqual([
      [0, 1],
      [60, 2],
    ]);
    await expect(run([up], 'up[1m]', 0, 60)).rejects.toMatchObject({ code: 'invalid-query' });
  });

  it('sees its own organization only', async () => {
    const reader = new ReferenceMetricReader(new Map([[OTHER, { series: [up] }]]));
    const answer = await evaluateQuery(reader, ORG, 'up', { startMs: 0, endMs: 0, stepMs: 1 }, BOUNDS);
    expect(answer.series).toEqual([]);
  });
});

describe('rate and increase', () => {
  const every = (step: number, values: readonly Value[], from = 0) =>
    series(
      { __name__: 'x_total' },
      values.map((value, index) => [from + index * step, value]),
    );

  it.each<[string, SeriesSamples, string, number, number[][]]>([
    // Samples at 60…300 in (0, 300]; the one at 0 is outside. 40 over 240 s, first one 60 s from the edge: 60 < 1.1·60, so up to the edge; zero would be at 60 s − 240·(10/40) = 0 s.
    ['increase up to both edges', every(60, [0, 10, 20, 30, 40, 50]), 'increase(x_total[5m])', 300, [[300, 50]]],
    ['rate', every(60, [0, 10, 20, 30, 40, 50]), 'rate(x_total[5m])', 300, [[300, 50 / 300]]],
    // Samples 0, 0, 0, 10: nothing at the start to extrapolate below zero, so only to the end, which is 0 s away.
    ['a counter that was 0', every(60, [0, 0, 0, 10]), 'increase(x_total[5m])', 180, [[180, 10]]],
    // 100…130 over 90 s in (-120, 180]: 120 s to the start is far: half of 30 s; 90 s to the end is far: half again.
    ['half a distance beyond', every(30, [100, 110, 120, 130]), 'increase(x_total[5m])', 180, [[180, (30 * 120) / 90]]],
    // 5, 8, then anew: 2, 6. 6 − 5 + 8 = 9 over 180 s in (-60, 240]: both edges are 60 s away; zero would be 180·5/9 = 100 s before, so the edge holds: 9·300/180.
    ['a reset', every(60, [5, 8, 2, 6]), 'increase(x_total[5m])', 240, [[240, 15]]],
    [
      'two resets',
      every(60, [5, 1, 3, 1]),
      'increase(x_total[4m])',
      180,
      [[180, ((1 - 5 + 5 + 3) * (180 + 60)) / 180]],
    ],
    // Zero would be 180·2/30 = 12 s before the first sample, nearer than the edge.
    ['not below zero', every(60, [2, 12, 22, 32]), 'increase(x_total[4m])', 180, [[180, (30 * 192) / 180]]],
    ['one sample is not enough', every(60, [1]), 'rate(x_total[5m])', 60, []],
    ['two are', every(60, [0, 6]), 'rate(x_total[1m30s])', 60, [[60, 6 / 90]]],
    ['the far edge is open', every(60, [0, 6]), 'rate(x_total[1m])', 60, []],
    ['markers are not seen', every(60, [0, STALE, 12]), 'increase(x_total[130s])', 120, [[120, 12]]],
    ['an offset', every(60, [0, 10, 20, 30, 40, 50]), 'increase(x_total[5m] offset 10m)', 900, [[900, 50]]],
    ['@', every(60, [0, 10, 20, 30, 40, 50]), 'increase(x_total[5m] @ 300)', 9000, [[9000, 50]]],
  ])('%s', async (_, data, query, at, expected) => {
    const answer = await only([data], query, at);
    expect(answer.map(([time]) => time)).toEqual(expected.map(([time]) => time));
    for (const [index, [, value]] of expected.entries()) {
      expect(answer[index]?.[1]).toBeCloseTo(value ?? 0, 9);
    }
  });

  it('drops the name, and tells when it does not look like a counter’s', async () => {
    const data = [
      series({ __name__: 'temperature', job: 'a' }, [
        [0, 1],
        [60, 2],
      ]),
    ];
    expect((await points(data, 'rate(temperature[5m])', 60))[0]?.labels).toEqual({ job: 'a' });
    expect((await run(data, 'rate(temperature[5m])', 60)).infos).toEqual([
      'PromQL info: metric might not be a counter, name does not end in _total/_sum/_count/_bucket: "temperature" (1:6)',
    ]);
    expect((await run([every(60, [1, 2])], 'rate(x_total[5m])', 60)).infos).toEqual([]);
  });

  it('refuses series that are the same without their names', async () => {
    const data = ['a_total', 'b_total'].map((__name__) =>
      series({ __name__ }, [
        [0, 1],
        [60, 2],
      ]),
    );
    await expect(run(data, 'rate({__name__=~".+"}[5m])', 60)).rejects.toMatchObject({ code: 'query-not-runnable' });
  });

  it('warns of histograms', async () => {
    const data = [0, 60].map((at) => ({ timestampMs: at * 1000, startMs: 0, histogram: histogram(1) }));
    const only = { ...series({ __name__: 'h_total' }, []), histograms: data };
    expect((await run([only], 'rate(h_total[5m])', 60)).warnings[0]).toContain('native histograms is not supported');
    const mixed = { ...series({ __name__: 'h_total' }, [[30, 1]]), histograms: data };
    expect((await run([mixed], 'rate(h_total[5m])', 60)).warnings[0]).toContain('a mix of histograms and floats');
  });

  it('over a range equals itself at each time, whatever the resets', async () => {
    const sample = fc.tuple(
      fc.integer({ min: 1, max: 90 }),
      fc.oneof(fc.integer({ min: 0, max: 20 }), fc.constant(STALE)),
    );
    await fc.assert(
      fc.asyncProperty(
        fc.array(sample, { maxLength: 40 }),
        fc.integer({ min: 1, max: 600 }),
        fc.integer({ min: 1, max: 200 }),
        async (gaps, range, step) => {
          const times = gaps.map((_, index) => gaps.slice(0, index + 1).reduce((sum, [gap]) => sum + gap, 0));
          const samples = gaps.map(([, value], index): [number, Value] => [times[index] ?? 0, value]);
          const data = [series({ __name__: 'x_total' }, samples)];
          for (const query of [`increase(x_total[${range}s])`, 'x_total', `x_total offset ${range}s`]) {
            const whole = await only(data, query, 0, 40 * step, step);
            const single: unknown[] = [];
            for (let time = 0; time <= 40 * step; time += step) {
              single.push(...(await only(data, query, time)));
            }
            expect(whole).toEqual(single);
          }
        },
      ),
      { numRuns: 50 },
    );
  });
});

it('refuses too many points, and stops when the client is gone', async () => {
  await expect(run([], 'up', 0, 11_000, 1)).rejects.toMatchObject({ code: 'query-not-runnable' });
  expect((await run([], 'up', 0, 10_999, 1)).series).toEqual([]);
  const gone = { signal: AbortSignal.abort(new AegisError('query-cancelled')), timeoutMs: 1000 };
  const reader = new ReferenceMetricReader(new Map());
  await expect(evaluateQuery(reader, ORG, 'up', { startMs: 0, endMs: 0, stepMs: 1 }, gone)).rejects.toMatchObject({
    code: 'query-cancelled',
  });
});

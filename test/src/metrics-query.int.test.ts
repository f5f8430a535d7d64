import { type JoinedServer, joinServer, sendSigned, signIn } from '@aegisguard/testkit';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';

// Metrics as they are sent natively, read back by PromQL.

let server: JoinedServer;
let api: Awaited<ReturnType<typeof signIn>>;
/** A whole minute ten minutes ago, in unix seconds. */
const T0 = Math.floor((Date.now() - 600_000) / 60_000) * 60;

interface Answer {
  readonly status: string;
  readonly data: {
    readonly resultType: string;
    readonly result: {
      readonly metric: Record<string, string>;
      readonly value?: [number, string];
      readonly values?: [number, string][];
    }[];
  };
  readonly infos?: string[];
  readonly stats: object;
}

beforeAll(async () => {
  server = await joinServer();
  api = await signIn(server.url, server.adminEmail, server.adminPassword);
  const minutes = [0, 1, 2, 3, 4];
  const metrics = [
    ...minutes.flatMap((minute) =>
      ['a', 'b'].map((room, index) => ({
        name: 'temperature',
        type: 'gauge',
        value: 20 + minute + index / 2,
        timestamp: new Date((T0 + minute * 60) * 1000).toISOString(),
        labels: { room },
      })),
    ),
    ...minutes.map((minute) => ({
      name: 'requests_total',
      type: 'counter',
      value: minute * 60,
      timestamp: (T0 + minute * 60) * 1000,
      labels: { path: '/"\\é' },
    })),
    {
      name: 'latency_seconds',
      type: 'histogram',
      buckets: { '0.1': 3, '+Inf': 9 },
      sum: 4.5,
      count: 9,
      timestamp: T0 * 1000,
      labels: {},
    },
  ];
  const sent = await sendSigned(server.url, server, '/v1/metrics', { metrics });
  expect(await sent.json()).toMatchObject({ accepted: metrics.length, rejected: 0 });
  await vi.waitFor(async () => {
    expect((await query({ query: 'temperature[10m]', time: T0 + 300 })).data.result).toHaveLength(2);
    expect((await query({ query: 'latency_seconds_count', time: T0 })).data.result).toHaveLength(1);
  }, 60_000);
});

afterAll(async () => {
  await server.leave();
});

async function query(body: object): Promise<Answer> {
  const answer = await api.post('/query/metrics', body);
  expect(answer.status).toBe(200);
  expect(answer.headers.get('content-type')).toContain('application/json');
  return (await answer.json()) as Answer;
}

/** Values of an instant query by one label. */
async function valuesBy(label: string, body: object): Promise<Record<string, string | undefined>> {
  const { data } = await query(body);
  expect(data.resultType).toBe('vector');
  return Object.fromEntries(data.result.map(({ metric, value }) => [metric[label], value?.[1]]));
}

describe('what was sent is read back', () => {
  it('as a vector at a time, with its name and labels', async () => {
    expect(await query({ query: 'temperature{room="a"}', time: T0 + 60 })).toMatchObject({
      status: 'success',
      data: {
        resultType: 'vector',
        result: [{ metric: { __name__: 'temperature', room: 'a' }, value: [T0 + 60, '21'] }],
      },
      stats: { elapsedMs: expect.any(Number) },
    });
  });

  it('every sample once, by a range selector', async () => {
    const { data } = await query({ query: 'temperature{room="b"}[10m]', time: T0 + 300 });
    expect(data).toMatchObject({
      resultType: 'matrix',
      result: [{ values: [0, 1, 2, 3, 4].map((minute) => [T0 + minute * 60, String(20.5 + minute)]) }],
    });
  });

  it('labels with any characters', async () => {
    const { data } = await query({ query: 'requests_total{path="/\\"\\\\é"}', time: T0 + 240 });
    expect(data.result).toMatchObject([{ metric: { path: '/"\\é' }, value: [T0 + 240, '240'] }]);
  });

  it('a histogram as its series', async () => {
    expect(await valuesBy('le', { query: 'latency_seconds_bucket', time: T0 })).toEqual({ '0.1': '3', '+Inf': '9' });
    expect(await valuesBy('__name__', { query: '{__name__=~"latency_seconds_(sum|count)"}', time: T0 })).toEqual({
      latency_seconds_count: '9',
      latency_seconds_sum: '4.5',
    });
  });
});

it.each([
  ['temperature', { a: '24', b: '24.5' }],
  ['{__name__="temperature"}', { a: '24', b: '24.5' }],
  ['temperature{room!="a"}', { b: '24.5' }],
  ['temperature{room=~"a|c"}', { a: '24' }],
  ['temperature{room!~"a|c"}', { b: '24.5' }],
  ['temperature{room=~"."} offset 2m', { a: '22', b: '22.5' }],
  [`temperature @ ${T0}`, { a: '20', b: '20.5' }],
  ['temperature{room=""}', {}],
  ['nothing', {}],
])('%s', async (text, expected) => {
  expect(await valuesBy('room', { query: text, time: T0 + 240 })).toEqual(expected);
});

it('a range query has a point at each step; its start and end the same is an instant query', async () => {
  const range = { start: T0, end: T0 + 240, step: '2m' };
  const { data } = await query({ query: 'temperature{room="a"}', ...range });
  expect(data).toMatchObject({
    resultType: 'matrix',
    result: [
      {
        values: [
          [T0, '20'],
          [T0 + 120, '22'],
          [T0 + 240, '24'],
        ],
      },
    ],
  });
  expect((await query({ query: 'temperature', start: T0, end: T0, step: 5 })).data.resultType).toBe('vector');
});

it('rate and increase of a counter, without its name', async () => {
  // Samples at 60 to 240 s in (0, 240]: 180 over 180 s, up to both edges.
  const { data, infos } = await query({ query: 'rate(requests_total[4m])', time: T0 + 240 });
  expect(data.result.map(({ metric }) => metric)).toEqual([{ path: '/"\\é' }]);
  expect(Number(data.result[0]?.value?.[1])).toBeCloseTo(1, 12);
  expect(infos).toBeUndefined();
  const increase = await query({ query: 'increase(requests_total[4m])', time: T0 + 240 });
  expect(Number(increase.data.result[0]?.value?.[1])).toBeCloseTo(240, 9);
  expect((await query({ query: 'rate(temperature[4m])', time: T0 + 240 })).infos).toEqual([
    expect.stringContaining('PromQL info: metric might not be a counter'),
  ]);
});

it.each([
  [{ query: 'temperature{' }, 400, { code: 'invalid-query', position: 12 }],
  [{ query: 'temperature{room=~"("}' }, 400, { code: 'invalid-query', position: 12 }],
  [{ query: '{}' }, 400, { code: 'invalid-query' }],
  [{ query: 'temperature + on () temperature', time: T0 }, 422, { code: 'query-not-runnable' }],
  [
    { query: 'temperature', start: T0, end: T0 + 1_000_000, step: 1 },
    422,
    { code: 'query-not-runnable', limit: 11_001 },
  ],
  [{ query: 'temperature', start: T0, end: T0 + 60 }, 400, { code: 'invalid-request' }],
  [{ query: 'temperature', start: T0 + 60, end: T0, step: 1 }, 400, { code: 'invalid-request' }],
  [{ query: 'temperature', time: 'teatime' }, 400, { code: 'invalid-request' }],
  [{ query: '' }, 400, { code: 'invalid-request' }],
])('%j is a problem', async (body, status, problem) => {
  const answer = await api.post('/query/metrics', body);
  expect(answer.status).toBe(status);
  expect(await answer.json()).toMatchObject(problem);
});

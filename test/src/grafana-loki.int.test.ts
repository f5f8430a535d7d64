import { createApiKey, type JoinedServer, joinServer } from '@aegisguard/testkit';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { openSocket } from './open-socket.ts';

// What Grafana's Loki data source asks, in its order, and what it reads of the answers: https://grafana.com/docs/loki/latest/reference/loki-http-api/

/** A whole minute in the past that lies behind midnight for some of the lines: in unix seconds. */
const DAY = 86_400;
const MIDNIGHT = Math.floor(Date.now() / 1000 / DAY) * DAY;
const T0 = MIDNIGHT - 600;
const STREAM = { app: 'checkout', cluster: 'eu-1' };
const HEADERS = { 'x-query-tags': 'Source=grafana,ds=loki', 'x-grafana-user': 'ann' };
const SPLIT = { 'x-loki-response-encoding-flags': 'categorize-labels' };

const nanos = (second: number): string => `${BigInt(T0 + second) * 1_000_000_000n}`;
const range = { start: nanos(0), end: nanos(1200) };

type Parameters = Readonly<Record<string, string>>;
type Labels = Readonly<Record<string, string>>;
interface Streams {
  readonly resultType: 'streams';
  readonly result: readonly {
    readonly stream: Labels;
    readonly values: readonly (readonly [string, string, object?])[];
  }[];
}
interface Matrix {
  readonly resultType: 'matrix';
  readonly result: readonly { readonly metric: Labels; readonly values: readonly (readonly [number, string])[] }[];
}

let server: JoinedServer;
let token: string;
/** One line each half minute for twenty minutes, ten before midnight and ten behind it. */
const LINES = Array.from({ length: 40 }, (_, at) => {
  const level = at % 4 === 0 ? 'error' : 'info';
  return {
    at: at * 30 + 7,
    level,
    text: `level=${level} msg="order ${at} done" took=${at}ms status=${200 + (at % 4) * 100}`,
  };
});

beforeAll(async () => {
  server = await joinServer();
  token = (await createApiKey(server, 'query')).secret;
  await push(LINES.map(({ at, text }) => [nanos(at), text, { trace: `t-${at}` }]));
  await vi.waitFor(async () => expect(linesOf(await logs('{app="checkout"}', {})).length).toBe(LINES.length), 60_000);
});

afterAll(() => server.leave());

async function push(values: readonly unknown[]): Promise<void> {
  const { secret } = await createApiKey(server, 'token', { scopes: ['logs:write'] });
  const answer = await fetch(`${server.url}/loki/api/v1/push`, {
    method: 'POST',
    headers: { authorization: `Bearer ${secret}`, 'content-type': 'application/json' },
    body: JSON.stringify({ streams: [{ stream: STREAM, values }] }),
  });
  expect(answer.status).toBe(204);
}

/** By GET, and by POST as a form where that is a way: both answers are one. */
async function ask<Answer>(
  path: string,
  parameters: Parameters,
  headers: Parameters = {},
  ways = ['GET'],
): Promise<Answer> {
  const answers = await Promise.all(
    ways.map(async (method) => {
      const form = new URLSearchParams(parameters);
      const isForm = method === 'POST';
      const answer = await fetch(`${server.url}/loki/api/v1/${path}${isForm ? '' : `?${form}`}`, {
        method,
        headers: { authorization: `Bearer ${token}`, ...HEADERS, ...headers },
        ...(isForm ? { body: form } : {}),
      });
      const text = await answer.text();
      expect([answer.status, answer.headers.get('content-type'), text]).toEqual([
        200,
        expect.stringMatching(/^application\/json/),
        text,
      ]);
      return JSON.parse(text) as Answer;
    }),
  );
  const [first, second = first] = answers;
  expect(withoutStats(second)).toEqual(withoutStats(first));
  return first as Answer;
}

/** What an answer took is another each time. */
function withoutStats(answer: unknown): unknown {
  return JSON.parse(JSON.stringify(answer, (name, value) => (name === 'stats' ? undefined : value)));
}

const BOTH = ['GET', 'POST'];

async function data<Data>(path: string, parameters: Parameters, headers: Parameters = {}, ways = BOTH): Promise<Data> {
  const answer = await ask<{ status: string; data: Data }>(path, parameters, headers, ways);
  expect(answer.status).toBe('success');
  return answer.data;
}

function logs(query: string, more: Parameters): Promise<Streams> {
  return data<Streams>('query_range', { query, direction: 'backward', limit: '1000', ...range, ...more }, SPLIT);
}

function linesOf({ resultType, result }: Streams): readonly (readonly [string, string])[] {
  expect(resultType).toBe('streams');
  return result.flatMap(({ values }) => values.map(([time, line]) => [time, line] as const));
}

describe('saving the data source', () => {
  it('adds up two numbers far in the future', async () => {
    const parameters = { query: 'vector(1)+vector(1)', time: '4000000000', direction: 'backward' };
    expect(await data('query', parameters)).toMatchObject({
      resultType: 'vector',
      result: [{ metric: {}, value: [4_000_000_000, '2'] }],
      stats: { summary: { totalBytesProcessed: 0, execTime: expect.any(Number) } },
    });
    expect(await ask('status/buildinfo', {})).toMatchObject({ version: expect.stringMatching(/^\d+\.\d+\.\d+$/) });
  });

  it('says in plain words what is wrong with a token, and with a query', async () => {
    const answer = await fetch(`${server.url}/loki/api/v1/labels`, { headers: { authorization: 'Bearer wrong' } });
    expect([answer.status, answer.headers.get('content-type')]).toEqual([401, expect.stringContaining('text/plain')]);
  });
});

describe('the editor', () => {
  it('completes names, values and selectors', async () => {
    expect(await data('labels', range)).toEqual(expect.arrayContaining(['app', 'cluster', 'service_name']));
    expect(await data('labels', { ...range, query: '{app="checkout"}' })).toEqual(expect.arrayContaining(['cluster']));
    expect(await data('labels', { start: '', end: '' })).toEqual(expect.any(Array));
    expect(await data('label/cluster/values', { ...range, query: '{app="checkout"}' }, {}, ['GET'])).toEqual(['eu-1']);
    expect(await data('label/absent/values', range, {}, ['GET'])).toEqual([]);
    expect(await data('series', { ...range, 'match[]': '{app="checkout"}' })).toEqual([STREAM]);
    expect(await data('series', { ...range, 'match[]': '{app="nothing"}' })).toEqual([]);
  });

  it('tells beforehand how much a query would read', async () => {
    expect(await ask('index/stats', { query: '{app="checkout"}', ...range }, {}, BOTH)).toEqual({
      streams: 1,
      chunks: expect.any(Number),
      entries: LINES.length,
      bytes: LINES.reduce((sum, { text }) => sum + text.length, 0),
    });
    expect(await ask('index/stats', { query: '{app="nothing"}', ...range }, {}, BOTH)).toEqual({
      streams: 0,
      chunks: expect.any(Number),
      entries: 0,
      bytes: 0,
    });
  });

  it('lays a query out, and says where it does not parse', async () => {
    expect(await data('format_query', { query: '{app="checkout"}|=`x`' })).toBe('{app="checkout"} |= "x"');
    const broken = `${server.url}/loki/api/v1/query_range?${new URLSearchParams({ query: '{app="checkout"', ...range })}`;
    const answer = await fetch(broken, { headers: { authorization: `Bearer ${token}` } });
    expect([answer.status, await answer.text()]).toEqual([
      400,
      expect.stringMatching(/^parse error at line 1, col \d+/),
    ]);
  });
});

describe('explore', () => {
  it('shows lines, newest first, with what was parsed and what was sent beside them', async () => {
    const { result } = await logs('{app="checkout"} | logfmt | status=`500`', {});
    const values = result.flatMap((stream) => stream.values);
    expect(result.map(({ stream }) => stream)).toEqual([STREAM]);
    expect(values).toHaveLength(10);
    expect(values[0]).toEqual([
      nanos(39 * 30 + 7),
      LINES[39]?.text,
      {
        structuredMetadata: { trace: 't-1177' },
        parsed: { level: 'info', msg: 'order 39 done', took: '39ms', status: '500' },
      },
    ]);
    const times = values.map(([time]) => BigInt(time));
    expect(times).toEqual(times.toSorted((a, b) => (a > b ? -1 : 1)));
    expect(linesOf(await logs('{app="checkout"}', { limit: '3', direction: 'forward' }))).toEqual(
      LINES.slice(0, 3).map(({ at, text }) => [nanos(at), text]),
    );
  });

  it('draws their volume by level', async () => {
    const query = 'sum by (level, detected_level) (count_over_time({app="checkout"} |= `` | drop __error__[1m]))';
    const volume = await data<Matrix>(
      'query_range',
      { query, ...range, step: '60000ms', direction: 'backward' },
      { 'x-query-tags': 'Source=logvolhist' },
    );
    expect(volume.resultType).toBe('matrix');
    const counts = volume.result.map(({ metric, values }) => [
      metric.detected_level,
      values.reduce((sum, [, count]) => sum + Number(count), 0),
    ]);
    expect(Object.fromEntries(counts)).toEqual({ error: 10, info: 30 });
  });

  it.each(['60', '60.0', '60s', '1m', '60000ms', '1m0s'])('a step of %s is a minute', async (step) => {
    const { result } = await data<Matrix>('query_range', {
      query: 'sum(count_over_time({app="checkout"}[1m]))',
      ...range,
      step,
    });
    expect(result[0]?.values.map(([time]) => time)).toEqual(Array.from({ length: 20 }, (_, at) => T0 + 60 + at * 60));
    expect(new Set(result[0]?.values.map(([, count]) => count))).toEqual(new Set(['2']));
  });

  it('a query that is split by days gives what it gives as a whole', async () => {
    const query = 'sum by (status) (count_over_time({app="checkout"} | logfmt [1m]))';
    const part = async (from: number, to: number): Promise<Matrix['result']> =>
      (await data<Matrix>('query_range', { query, start: nanos(from), end: nanos(to), step: '60s' })).result;
    const points = (result: Matrix['result']) =>
      result.flatMap(({ metric, values }) => values.map((value) => [metric.status, ...value].join(' '))).sort();
    // The next part begins a step behind the end of the one before, which belongs to it.
    const split = [...points(await part(0, 600)), ...points(await part(660, 1200))];
    expect(split.sort()).toEqual(points(await part(0, 1200)));
    const before = linesOf(await logs('{app="checkout"}', { end: nanos(600) }));
    const after = linesOf(await logs('{app="checkout"}', { start: nanos(600) }));
    expect([...after, ...before]).toEqual(linesOf(await logs('{app="checkout"}', {})));
  });

  it('finds fields, their values, labels and patterns', async () => {
    const asked = { query: '{app="checkout"}', ...range };
    const { fields } = await ask<{ fields: object[] }>('detected_fields', {
      ...asked,
      line_limit: '1000',
      limit: '1000',
    });
    expect(fields).toEqual(
      expect.arrayContaining([
        { label: 'status', type: 'int', cardinality: 4, parsers: ['logfmt'] },
        { label: 'took', type: 'duration', cardinality: 40, parsers: ['logfmt'] },
        { label: 'trace', type: 'string', cardinality: 40, parsers: null },
      ]),
    );
    expect(await ask('detected_field/status/values', { ...asked, limit: '1000' })).toMatchObject({
      values: ['200', '300', '400', '500'],
    });
    const { detectedLabels } = await ask<{ detectedLabels: object[] }>('detected_labels', range);
    expect(detectedLabels).toEqual(expect.arrayContaining([{ label: 'cluster', cardinality: 1 }]));
    const patterns = await data<{ pattern: string; samples: [number, number][] }[]>(
      'patterns',
      { ...asked, step: '60s' },
      {},
      ['GET'],
    );
    expect(patterns[0]?.pattern).toContain('<_>');
    expect(patterns.flatMap(({ samples }) => samples).reduce((sum, [, count]) => sum + count, 0)).toBe(LINES.length);
  });

  it('adds volumes up by label', async () => {
    const bytes = LINES.reduce((sum, { text }) => sum + text.length, 0);
    const asked = { query: '{app=~`.+`}', ...range, targetLabels: 'cluster', limit: '5000', aggregateBy: 'series' };
    expect(await data('index/volume', asked)).toMatchObject({
      resultType: 'vector',
      result: [{ metric: { cluster: 'eu-1' }, value: [T0 + 1200, `${bytes}`] }],
    });
    const { result } = await data<Matrix>('index/volume_range', { ...asked, step: '10m' });
    expect(result.flatMap(({ values }) => values).reduce((sum, [, size]) => sum + Number(size), 0)).toBe(bytes);
  });
});

it('a panel asks for one time, an alert for a vector, a variable for values', async () => {
  const time = nanos(1200);
  expect(await data('query', { query: 'sum(rate({app="checkout"}[20m]))', time })).toMatchObject({
    resultType: 'vector',
    result: [{ metric: {}, value: [T0 + 1200, expect.stringMatching(/^0\.0333/)] }],
  });
  expect(await data('query', { query: 'sum(count_over_time({app="nothing"}[20m]))', time })).toMatchObject({
    resultType: 'vector',
    result: [],
  });
  const query = 'topk(2, sum by (status) (count_over_time({app="checkout"} | logfmt [20m])))';
  expect(await data<{ result: object[] }>('query', { query, time })).toMatchObject({
    result: [{ value: [T0 + 1200, '10'] }, { value: [T0 + 1200, '10'] }],
  });
});

it('live shows what comes in', async () => {
  const { frames, socket } = await openSocket(server.url, '{app="checkout"} |= "live"', token, { limit: '100' });
  const time = `${BigInt(Date.now()) * 1_000_000n}`;
  await push([[time, 'live line']]);
  await expect.poll(() => frames).toEqual([{ streams: [{ stream: STREAM, values: [[time, 'live line']] }] }]);
  socket.close();
});

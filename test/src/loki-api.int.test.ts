import { createApiKey, type JoinedServer, joinServer } from '@aegisguard/testkit';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';

// Loki's HTTP API as Grafana and other clients use it: https://grafana.com/docs/loki/latest/reference/loki-http-api/

let server: JoinedServer;
let token: string;
let strangersToken: string;
/** A whole minute some minutes ago, in unix seconds. */
const T0 = Math.floor(Date.now() / 60_000 - 8) * 60;
const FIRST = { app: 'shop', env: 'live' };
const SECOND = { app: 'queue', level: 'warning' };

const nanos = (second: number): string => `${BigInt(T0 + second) * 1_000_000_000n}`;
const range = { start: nanos(0), end: nanos(300) };

async function tokenOf(access: JoinedServer): Promise<string> {
  return (await createApiKey(access, 'query')).secret;
}

async function push(access: JoinedServer, streams: readonly object[]): Promise<void> {
  const { secret } = await createApiKey(access, 'token', { scopes: ['logs:write'] });
  const answer = await fetch(`${access.url}/loki/api/v1/push`, {
    method: 'POST',
    headers: { authorization: `Bearer ${secret}`, 'content-type': 'application/json' },
    body: JSON.stringify({ streams }),
  });
  expect(answer.status).toBe(204);
}

async function ask(path: string, parameters: Readonly<Record<string, string>>, init: RequestInit = {}) {
  const answer = await fetch(`${server.url}/loki/api/v1/${path}?${new URLSearchParams(parameters)}`, {
    ...init,
    headers: { authorization: `Bearer ${token}`, ...init.headers },
  });
  const text = await answer.text();
  const isJson = answer.headers.get('content-type')?.startsWith('application/json') === true;
  return { status: answer.status, type: answer.headers.get('content-type'), body: isJson ? JSON.parse(text) : text };
}

async function data(path: string, parameters: Readonly<Record<string, string>>, init: RequestInit = {}) {
  const { status, body } = await ask(path, parameters, init);
  expect([status, body.status]).toEqual([200, 'success']);
  return body.data;
}

beforeAll(async () => {
  server = await joinServer();
  token = await tokenOf(server);
  const stranger = await joinServer();
  strangersToken = await tokenOf(stranger);
  await push(stranger, [
    { stream: { app: 'secret', owner: 'stranger' }, values: [[nanos(5), 'of another organization']] },
  ]);
  await push(server, [
    {
      stream: FIRST,
      values: [
        [nanos(10), '{"path":"/a","status":200,"took":"15ms"}'],
        [nanos(70), '{"path":"/b","status":500,"took":"1.5s"}', { request: 'r-2' }],
        [nanos(130), 'not json at all'],
      ],
    },
    {
      stream: SECOND,
      values: [
        [nanos(20), 'job 1 done in 3s'],
        [nanos(80), 'job 2 done in 4s'],
        [nanos(140), 'job 3 failed'],
      ],
    },
  ]);
  await vi.waitFor(async () => {
    const found = await data('query_range', { query: '{app=~".+"}', ...range });
    expect(found.result.flatMap(({ values }: { values: unknown[] }) => values)).toHaveLength(6);
    const theirs = { headers: { authorization: `Bearer ${strangersToken}` } };
    expect((await data('query_range', { query: '{app=~".+"}', ...range }, theirs)).result).toHaveLength(1);
  }, 60_000);
});

afterAll(() => server.leave());

describe('query_range', () => {
  it('answers with streams of exactly the labels that were pushed, and metadata', async () => {
    expect(
      await data('query_range', { query: '{app="shop"} |= "path"', direction: 'forward', ...range }),
    ).toMatchObject({
      resultType: 'streams',
      result: [
        { stream: { ...FIRST, request: 'r-2' }, values: [[nanos(70), '{"path":"/b","status":500,"took":"1.5s"}']] },
        { stream: FIRST, values: [[nanos(10), '{"path":"/a","status":200,"took":"15ms"}']] },
      ],
      stats: { summary: { totalEntriesReturned: 2 } },
    });
  });

  it('says where labels come from when that is asked for', async () => {
    const headers = { 'X-Loki-Response-Encoding-Flags': 'categorize-labels' };
    const query = '{app="shop"} | json status="status" | status="500"';
    expect(await data('query_range', { query, ...range }, { headers })).toMatchObject({
      encodingFlags: ['categorize-labels'],
      result: [
        {
          stream: FIRST,
          values: [
            [nanos(70), expect.any(String), { structuredMetadata: { request: 'r-2' }, parsed: { status: '500' } }],
          ],
        },
      ],
    });
  });

  it('takes stages, limits, directions and intervals', async () => {
    const lines = async (query: string, more: Record<string, string> = {}) =>
      (await data('query_range', { query, ...range, ...more })).result.flatMap(({ values }: { values: string[][] }) =>
        values.map(([, line]) => line),
      );
    const jobs = '{app="queue"} | pattern "job <n> <what>" | line_format "{{.n}}:{{.what | ToUpper}}" | drop n, what';
    expect(await lines(jobs)).toEqual(['3:FAILED', '2:DONE IN 4S', '1:DONE IN 3S']);
    expect(await lines(jobs, { direction: 'forward', limit: '1' })).toEqual(['1:DONE IN 3S']);
    expect(await lines(jobs, { direction: 'forward', interval: '100' })).toEqual(['1:DONE IN 3S', '3:FAILED']);
    expect(await lines('{app="shop"} | json | __error__="" | took > 1s')).toEqual([
      '{"path":"/b","status":500,"took":"1.5s"}',
    ]);
    expect(await lines('{app="queue", level="warning"} != "failed"')).toHaveLength(2);
  });

  it('answers metric queries with a matrix', async () => {
    const query = 'sum by (app) (count_over_time({app=~".+"}[1m]))';
    expect(await data('query_range', { query, start: nanos(60), end: nanos(180), step: '60' })).toMatchObject({
      resultType: 'matrix',
      result: [
        {
          metric: { app: 'queue' },
          values: [
            [T0 + 60, '1'],
            [T0 + 120, '1'],
            [T0 + 180, '1'],
          ],
        },
        {
          metric: { app: 'shop' },
          values: [
            [T0 + 60, '1'],
            [T0 + 120, '1'],
            [T0 + 180, '1'],
          ],
        },
      ],
    });
  });

  it('takes a form', async () => {
    const body = new URLSearchParams({ query: '{app="queue"}', ...range });
    expect((await data('query_range', {}, { method: 'POST', body })).result[0].values).toHaveLength(3);
  });
});

describe('query', () => {
  const time = nanos(180);

  it('answers with a vector, or a number', async () => {
    expect(await data('query', { query: 'count_over_time({app="queue"}[3m])', time })).toMatchObject({
      resultType: 'vector',
      result: [{ metric: SECOND, value: [T0 + 180, '3'] }],
    });
    const query = 'quantile_over_time(1, {app="shop"} | json | __error__="" | unwrap duration(took) [5m]) by (app)';
    expect(await data('query', { query, time })).toMatchObject({
      result: [{ metric: { app: 'shop' }, value: [T0 + 180, '1.5'] }],
    });
    expect(await data('query', { query: 'vector(1)+vector(1)', time })).toMatchObject({
      resultType: 'vector',
      result: [{ metric: {}, value: [T0 + 180, '2'] }],
    });
    expect(await data('query', { query: '1 + 2', time })).toMatchObject({
      resultType: 'scalar',
      result: [T0 + 180, '3'],
    });
  });
});

describe('errors are plain words', () => {
  it.each<[string, Record<string, string>, number, RegExp]>([
    ['query_range', { query: '{app="shop"} |' }, 400, /^parse error at line 1, col 15: /],
    ['query_range', { query: '{app=~".*"}' }, 400, /at least one regexp or equality matcher/],
    ['query_range', { query: '{app="shop"} |~ "("' }, 400, /error parsing regexp/],
    ['query_range', { query: '{app="shop"}', limit: '5001' }, 400, /max entries limit per query exceeded/],
    ['query_range', { query: '{app="shop"}', start: nanos(5), end: nanos(4) }, 400, /end timestamp must not be before/],
    [
      'query_range',
      { query: 'sum(rate({app="shop"}[1m]))', start: '0', end: nanos(0), step: '1' },
      400,
      /exceeded maximum resolution/,
    ],
    ['query', { query: '{app="shop"}' }, 400, /log queries are not supported as an instant query type/],
    [
      'query',
      { query: 'sum by (status) (count_over_time({app="shop"} | json [10m]))', time: nanos(180) },
      400,
      /pipeline error: 'JSONParserErr'/,
    ],
    ['query', {}, 400, /query/],
    ['series', { match: '{app=' }, 400, /^parse error/],
    ['nothing', {}, 404, /./],
  ])('%s %j', async (path, parameters, status, text) => {
    const answer = await ask(path, parameters);
    expect(answer).toMatchObject({
      status,
      type: expect.stringContaining('text/plain'),
      body: expect.stringMatching(text),
    });
  });

  it('without a token, too', async () => {
    const answer = await ask('labels', {}, { headers: { authorization: '' } });
    expect(answer).toMatchObject({ status: 401, type: expect.stringContaining('text/plain') });
  });
});

describe('names', () => {
  it('of labels, their values and streams', async () => {
    expect(await data('labels', range)).toEqual(expect.arrayContaining(['app', 'env', 'level', 'service_name']));
    expect(await data('label/app/values', range)).toEqual(['queue', 'shop']);
    expect(await data('label/app/values', { ...range, query: '{env="live"}' })).toEqual(['shop']);
    expect(await data('series', { ...range, 'match[]': '{app=~".+"}' })).toEqual([SECOND, FIRST]);
    expect(await data('series', { ...range, match: '{env="live"}' })).toEqual([FIRST]);
  });

  it('of fields, with their types', async () => {
    const { body } = await ask('detected_fields', { query: '{app="shop"}', ...range });
    expect(body.fields).toEqual(
      expect.arrayContaining([
        expect.objectContaining({ label: 'status', type: 'int', cardinality: 2, parsers: ['json'] }),
        expect.objectContaining({ label: 'took', type: 'duration' }),
        expect.objectContaining({ label: 'request', parsers: null }),
      ]),
    );
    expect((await ask('detected_field/path/values', { query: '{app="shop"}', ...range })).body.values).toEqual([
      '/a',
      '/b',
    ]);
    expect((await ask('detected_labels', range)).body.detectedLabels).toEqual(
      expect.arrayContaining([{ label: 'app', cardinality: 2 }]),
    );
  });
});

describe('what was logged', () => {
  it('in numbers', async () => {
    expect((await ask('index/stats', { query: '{app="shop"}', ...range })).body).toMatchObject({
      streams: 1,
      entries: 3,
      bytes: 95,
    });
    expect(await data('index/volume', { query: '{app=~".+"}', ...range })).toMatchObject({
      resultType: 'vector',
      result: [
        { metric: { app: 'shop' }, value: [T0 + 300, '95'] },
        { metric: { app: 'queue' }, value: [T0 + 300, '44'] },
      ],
    });
    const overTime = await data('index/volume_range', { query: '{app="shop"}', ...range, step: '60' });
    expect(overTime.result[0]).toMatchObject({
      metric: { app: 'shop' },
      values: expect.arrayContaining([[T0 + 120, '15']]),
    });
  });

  it('by its form', async () => {
    expect(await data('patterns', { query: '{app="queue"}', ...range, step: '60' })).toMatchObject([
      {
        pattern: 'job <_> done in <_>',
        level: 'warn',
        samples: [
          [T0, 1],
          [T0 + 60, 1],
        ],
      },
      { pattern: 'job <_> failed', samples: [[T0 + 120, 1]] },
    ]);
  });
});

it('queries are laid out, and the version is told', async () => {
  expect(await data('format_query', { query: '{app="shop"}|json|status>=500' })).toBe(
    '{app="shop"} | json | status>=500',
  );
  expect((await ask('status/buildinfo', {})).body).toMatchObject({ version: expect.stringMatching(/^3\./) });
});

it('nobody sees anything of another organization', async () => {
  const stranger = { headers: { authorization: `Bearer ${strangersToken}` } };
  const query = '{app=~".+"}';
  for (const [path, parameters] of [
    ['query_range', { query }],
    ['query_range', { query: `sum by (app) (count_over_time(${query}[5m]))` }],
    ['query', { query: `count_over_time(${query}[5m])`, time: nanos(300) }],
    ['labels', {}],
    ['label/app/values', {}],
    ['series', { match: query }],
    ['index/stats', { query }],
    ['index/volume', { query }],
    ['index/volume_range', { query }],
    ['patterns', { query }],
    ['detected_fields', { query }],
    ['detected_field/path/values', { query }],
    ['detected_labels', {}],
  ] as const) {
    const { status, body } = await ask(path, { ...range, ...parameters }, stranger);
    expect([path, status]).toEqual([path, 200]);
    expect(JSON.stringify(body)).not.toMatch(/shop|"queue"|r-2|live|failed/);
  }
  const own = await ask('query_range', { query, ...range }, stranger);
  expect(own.body.data.result).toMatchObject([{ stream: { app: 'secret', owner: 'stranger' } }]);
});

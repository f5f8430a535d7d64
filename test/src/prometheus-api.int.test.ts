import { createApiKey, type JoinedServer, joinServer, sendSigned, signIn } from '@aegisguard/testkit';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';

// Prometheus's HTTP API as Grafana and other clients use it: https://prometheus.io/docs/prometheus/latest/querying/api/

let server: JoinedServer;
let token: string;
let keyId: string;
/** A whole minute some minutes ago, in unix seconds. */
const T0 = Math.floor(Date.now() / 60_000 - 8) * 60;

interface ApiAnswer {
  readonly status: string;
  readonly data?: unknown;
  readonly warnings?: string[];
  readonly errorType?: string;
  readonly error?: string;
}

beforeAll(async () => {
  server = await joinServer();
  const key = await createApiKey(server, 'query');
  token = key.secret;
  keyId = key.key;
  const at = (minute: number) => (T0 + minute * 60) * 1000 + 250;
  const metrics = [
    ...[0, 1, 2, 3].flatMap((minute) =>
      ['a', 'b'].map((room, index) => ({
        name: 'temperature_celsius',
        type: 'gauge',
        unit: 'celsius',
        description: 'How warm it is.',
        value: 20 + minute + index / 2,
        timestamp: at(minute),
        labels: { room },
      })),
    ),
    ...[0, 1, 2, 3].map((minute) => ({
      name: 'visits_total',
      type: 'counter',
      value: 100 + minute * 60,
      timestamp: at(minute),
      labels: { 'http.path': '/é"\\' },
      exemplar: { value: 1.5, timestamp: at(minute), labels: { trace_id: `ab${minute}` } },
    })),
  ];
  const sent = await sendSigned(server.url, server, '/v1/metrics', { metrics });
  expect(await sent.json()).toMatchObject({ accepted: metrics.length, rejected: 0 });
  await vi.waitFor(async () => {
    expect((await get('query?query=count_over_time({__name__=~".%2B"}[1h])')).data).toMatchObject({
      result: { length: 3 },
    });
    // Stored behind the samples of their batch.
    const exemplars = await get(`query_exemplars?query=visits_total&start=${T0}&end=${T0 + 300}`);
    expect(exemplars.data).toHaveLength(1);
  }, 60_000);
});

afterAll(() => server.leave());

const bearer = () => ({ authorization: `Bearer ${token}` });

async function send(path: string, init: RequestInit = {}): Promise<Response> {
  return fetch(`${server.url}/prometheus/api/v1/${path}`, { headers: bearer(), ...init });
}

async function get(path: string): Promise<ApiAnswer> {
  return (await (await send(path)).json()) as ApiAnswer;
}

async function postForm(path: string, form: readonly (readonly [string, string])[]): Promise<ApiAnswer> {
  const body = new URLSearchParams(form.map(([name, value]): [string, string] => [name, value]));
  return (await (await send(path, { method: 'POST', body })).json()) as ApiAnswer;
}

describe('queries', () => {
  it('one time, by URL and by form, with times in every form', async () => {
    const wanted = {
      status: 'success',
      data: {
        resultType: 'vector',
        result: [{ metric: { __name__: 'temperature_celsius', room: 'a' }, value: [T0 + 120.5, '22'] }],
      },
    };
    const query = 'temperature_celsius{room="a"}';
    const path = `query?query=${encodeURIComponent(query)}`;
    expect(await get(`${path}&time=${T0 + 120.5}`)).toEqual(wanted);
    expect(await get(`${path}&time=${new Date((T0 + 120.5) * 1000).toISOString()}`)).toEqual(wanted);
    expect(
      await postForm('query', [
        ['query', query],
        ['time', String(T0 + 120.5)],
      ]),
    ).toEqual(wanted);
    expect(await postForm(`query?time=${T0 + 120.5}&query=1`, [['query', query]])).toEqual(wanted);
  });

  it('a range; a range of one time is a matrix, too', async () => {
    const query = 'sum(temperature_celsius)';
    const range = await get(`query_range?query=${query}&start=${T0 + 60.5}&end=${T0 + 180.5}&step=1m`);
    expect(range).toEqual({
      status: 'success',
      data: {
        resultType: 'matrix',
        result: [
          {
            metric: {},
            values: [
              [T0 + 60.5, '42.5'],
              [T0 + 120.5, '44.5'],
              [T0 + 180.5, '46.5'],
            ],
          },
        ],
      },
    });
    const one = await postForm('query_range', [
      ['query', query],
      ['start', String(T0 + 60.5)],
      ['end', String(T0 + 60.5)],
      ['step', '15'],
    ]);
    expect(one.data).toEqual({ resultType: 'matrix', result: [{ metric: {}, values: [[T0 + 60.5, '42.5']] }] });
  });

  it('as many points as Prometheus gives', async () => {
    const { data } = await get('query_range?query=time()&start=0&end=11000&step=1');
    expect((data as { result: { values: unknown[] }[] }).result[0]?.values).toHaveLength(11_001);
  });

  it('scalars and strings', async () => {
    expect((await get('query?query=1%2B1&time=5.5')).data).toEqual({ resultType: 'scalar', result: [5.5, '2'] });
    expect((await get('query?query="x"&time=5')).data).toEqual({ resultType: 'string', result: [5, 'x'] });
    expect((await get('query_range?query=time()&start=1&end=3&step=2')).data).toEqual({
      resultType: 'matrix',
      result: [
        {
          metric: {},
          values: [
            [1, '1'],
            [3, '3'],
          ],
        },
      ],
    });
  });

  it('a limit, statistics, another look-back', async () => {
    const path = `query?query=temperature_celsius&time=${T0 + 240}`;
    const limited = await get(`${path}&limit=1&stats=all`);
    expect(limited).toMatchObject({
      data: {
        result: { length: 1 },
        stats: { timings: { evalTotalTime: expect.any(Number) }, samples: { totalQueryableSamples: 2 } },
      },
      warnings: ['results truncated due to limit'],
    });
    expect(await get(`${path}&lookback_delta=30s`)).toMatchObject({ data: { result: { length: 0 } } });
    expect(await get(`${path}&lookback_delta=90`)).toMatchObject({ data: { result: { length: 2 } } });
    expect(await get(`${path}&lookback_delta=0`)).toEqual(await get(path));
  });

  it.each([
    ['query', 'The parameter `query` is missing'],
    ['query?query=', 'invalid parameter "query": 1:1: parse error: no expression found in input'],
    ['query?query=up%2B', 'invalid parameter "query": 1:4: parse error: unexpected end of input'],
    ['query?query=up&time=teatime', 'invalid parameter "time": cannot parse "teatime" to a valid timestamp'],
    ['query?query=up&timeout=x', 'invalid parameter "timeout": cannot parse "x" to a valid duration'],
    ['query?query=up&limit=-1', 'The parameter `limit` is a whole number'],
    ['query_range?query=up&start=1&end=2', 'invalid parameter "step": cannot parse "" to a valid duration'],
    ['query_range?query=up&start=2&end=1&step=1', 'end timestamp must not be before start timestamp'],
    ['query_range?query=up&start=1&end=2&step=0', 'zero or negative query resolution step widths'],
    ['query_range?query=up&start=0&end=11001&step=1', 'exceeded maximum resolution of 11,000 points'],
    ['query_range?query=up[5m]&start=0&end=1&step=1', 'invalid expression type "range vector" for range query'],
    ['series', 'match[]'],
    ['series?match[]={}', 'invalid parameter "match[]": 1:1: parse error: vector selector must contain at least one'],
    ['labels?match[]=up[5m]', 'is not a series selector'],
    ['labels?start=2&end=1', 'end timestamp must not be before start timestamp'],
    ['metadata?limit=x', 'The parameter `limit` is a whole number'],
    ['query_exemplars?query=(', 'invalid parameter "query": 1:2: parse error'],
    ['format_query?query=(', 'invalid parameter "query": 1:2: parse error'],
    ['rules?type=other', 'type'],
  ])('%s is bad data', async (path, message) => {
    const answer = await send(path);
    expect(answer.status).toBe(400);
    const error = (await answer.json()) as ApiAnswer;
    expect(error).toEqual({ status: 'error', errorType: 'bad_data', error: expect.stringContaining(message) });
  });

  it('what cannot be evaluated is 422, and what takes too long 503', async () => {
    const twice = await send(`query?query=temperature_celsius%20*%20on()%20temperature_celsius&time=${T0 + 240}`);
    expect([twice.status, await twice.json()]).toEqual([
      422,
      { status: 'error', errorType: 'execution', error: expect.stringContaining('many-to-many') },
    ]);
    const late = await send('query?query=temperature_celsius&timeout=0.000001');
    expect([late.status, await late.json()]).toMatchObject([503, { status: 'error', errorType: 'timeout' }]);
  });
});

describe('names', () => {
  it('series, by URL and by form', async () => {
    const wanted = [
      { __name__: 'temperature_celsius', room: 'a' },
      { __name__: 'temperature_celsius', room: 'b' },
    ];
    expect((await get('series?match[]=temperature_celsius')).data).toEqual(wanted);
    const both = await postForm('series?match[]={room="b"}', [
      ['match[]', '{room="a"}'],
      ['match[]', 'nothing'],
    ]);
    expect(both.data).toEqual(wanted);
    const limited = await get('series?match[]=temperature_celsius&limit=1');
    expect(limited).toEqual({
      status: 'success',
      data: [wanted[0]],
      warnings: ['results truncated due to limit'],
    });
    expect((await get(`series?match[]=temperature_celsius&start=${T0 + 7200}`)).data).toEqual([]);
  });

  it('labels and their values', async () => {
    expect((await get('labels?match[]=temperature_celsius')).data).toEqual(['__name__', 'room']);
    expect((await postForm('labels', [['match[]', '{room="a"}']])).data).toEqual(['__name__', 'room']);
    expect((await get('label/__name__/values')).data).toEqual(['temperature_celsius', 'visits_total']);
    expect((await get('label/room/values')).data).toEqual(['a', 'b']);
    expect((await get('label/room/values?match[]={room!="a",room!=""}')).data).toEqual(['b']);
    expect((await get('label/U__room/values')).data).toEqual(['a', 'b']);
    expect((await get('label/nothing/values')).data).toEqual([]);
    expect(await get('label/room/values?limit=1')).toMatchObject({ data: ['a'], warnings: [expect.any(String)] });
  });

  it('metadata', async () => {
    const temperature = [{ type: 'gauge', help: 'How warm it is.', unit: 'celsius' }];
    const { data } = await get('metadata');
    expect(data).toMatchObject({ temperature_celsius: temperature, visits_total: [{ type: 'counter' }] });
    expect((await get('metadata?metric=temperature_celsius')).data).toEqual({ temperature_celsius: temperature });
    expect(Object.keys((await get('metadata?limit=1')).data as object)).toEqual(['temperature_celsius']);
    expect((await get('metadata?metric=nothing')).data).toEqual({});
  });

  it('exemplars', async () => {
    const path = `query_exemplars?query=rate(visits_total[5m])&start=${T0}&end=${T0 + 61}`;
    expect((await get(path)).data).toEqual([
      {
        seriesLabels: expect.objectContaining({ __name__: 'visits_total' }),
        exemplars: [0, 1].map((minute) => ({
          labels: { trace_id: `ab${minute}` },
          value: '1.5',
          timestamp: T0 + minute * 60 + 0.25,
        })),
      },
    ]);
    expect((await postForm('query_exemplars', [['query', '1']])).data).toEqual([]);
  });

  it('where series come from', async () => {
    const { data } = await get('status/tsdb?limit=1');
    expect(data).toMatchObject({
      headStats: { numSeries: 3, chunkCount: 0 },
      seriesCountByMetricName: [{ name: 'temperature_celsius', value: 2 }],
      labelValueCountByLabelName: { length: 1 },
      seriesCountByLabelValuePair: [{ name: '__name__=temperature_celsius', value: 2 }],
    });
  });
});

it('texts of queries, and what the server is', async () => {
  expect(await get('format_query?query=foo/bar')).toEqual({ status: 'success', data: 'foo / bar' });
  expect((await postForm('parse_query', [['query', '(1)']])).data).toEqual({
    type: 'parenExpr',
    expr: { type: 'numberLiteral', val: '1' },
  });
  expect((await get('status/buildinfo')).data).toMatchObject({ version: expect.stringMatching(/^3\./) });
  expect((await get('rules?type=alert')).data).toEqual({ groups: [] });
  expect((await get('alerts')).data).toEqual({ alerts: [] });
  const { startTime, serverTime } = (await get('status/runtimeinfo')).data as Record<string, string>;
  expect(Date.parse(startTime ?? '')).toBeLessThan(Date.parse(serverTime ?? ''));
  expect((await get('status/flags')).data).toMatchObject({ 'query.lookback-delta': '5m' });
  expect((await get('status/config')).data).toEqual({ yaml: '' });
  expect((await get('targets')).data).toEqual({ activeTargets: [], droppedTargets: [], droppedTargetCounts: {} });
  expect((await get('alertmanagers')).data).toEqual({ activeAlertmanagers: [], droppedAlertmanagers: [] });
});

it('Grafana finds that its data source works', async () => {
  // https://github.com/grafana/grafana-prometheus-datasource: a query that needs no data, then what the server can do.
  const health = await postForm('query', [
    ['query', '1+1'],
    ['time', '4'],
  ]);
  expect(health).toEqual({ status: 'success', data: { resultType: 'scalar', result: [4, '2'] } });
  expect((await get('status/buildinfo')).status).toBe('success');
  expect((await send('status/buildinfo', { headers: {} })).status).toBe(401);
});

describe('who may ask', () => {
  const basic = (user: string, password: string) => ({
    authorization: `Basic ${Buffer.from(`${user}:${password}`).toString('base64')}`,
  });

  it('a person, and a query token as Bearer or Basic', async () => {
    const { accessToken } = await signIn(server.url, server.adminEmail, server.adminPassword);
    const headers = [{ authorization: `Bearer ${accessToken}` }, bearer(), basic(keyId, token)];
    const answers = await Promise.all(headers.map((header) => send('query?query=1', { headers: header })));
    expect(answers.map(({ status }) => status)).toEqual([200, 200, 200]);
    expect((await send('query?query=1', { headers: basic('admin', accessToken) })).status).toBe(401);
  });

  it.each([
    ['nobody', 401, () => ({})],
    ['an unknown token', 401, () => ({ authorization: 'Bearer x' })],
    ['Basic with another user', 401, () => basic('somebody', token)],
    ['an ingest key', 403, () => ({ 'x-org-key': server.orgKey })],
    ['who asks for another organization', 403, () => ({ ...bearer(), 'x-org-id': crypto.randomUUID() })],
  ])('not %s', async (_, status, headers) => {
    const answer = await send('query?query=1', { headers: headers() });
    expect(answer.status).toBe(status);
    expect(answer.headers.get('content-type')).toContain('application/json');
    expect(answer.headers.get('www-authenticate')).toBe(status === 401 ? 'Bearer realm="aegisguard"' : null);
    expect(await answer.json()).toEqual({ status: 'error', errorType: 'bad_data', error: expect.any(String) });
  });

  it('other paths and bodies are refused in the same form', async () => {
    const unknown = await send('admin/tsdb/delete_series', { method: 'POST' });
    expect([unknown.status, await unknown.json()]).toMatchObject([404, { status: 'error', errorType: 'not_found' }]);
    const xml = { method: 'POST', body: '<a/>', headers: { ...bearer(), 'content-type': 'text/xml' } };
    const refused = await send('query', xml);
    expect([refused.status, await refused.json()]).toMatchObject([415, { status: 'error', errorType: 'bad_data' }]);
  });
});

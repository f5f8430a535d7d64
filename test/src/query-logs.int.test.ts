import { type JoinedServer, joinServer, sendLogs, signIn } from '@aegisguard/testkit';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';

let server: JoinedServer;
let api: Awaited<ReturnType<typeof signIn>>;
const BASE = Date.now() - 600_000;

interface Page {
  readonly logs: {
    readonly id: string;
    readonly timestamp: string;
    readonly message: string;
    readonly [name: string]: unknown;
  }[];
  readonly nextCursor: string | null;
}

beforeAll(async () => {
  server = await joinServer();
  api = await signIn(server.url, server.adminEmail, server.adminPassword);
});

afterAll(async () => {
  await server.leave();
});

async function search(body: object): Promise<Page> {
  const answer = await api.post('/query/logs/search', body);
  expect(answer.status).toBe(200);
  return (await answer.json()) as Page;
}

async function load(logs: readonly object[], probe: string, count: number): Promise<void> {
  expect((await sendLogs(server.url, server, logs)).status).toBe(202);
  await vi.waitFor(async () => expect((await search({ query: probe, limit: 5000 })).logs).toHaveLength(count), 60_000);
}

it('every field of a log reads back as it was sent', async () => {
  const log = {
    timestamp: '2026-11-22T10:11:12.123456789Z',
    level: 'WARNING',
    service: 'everything',
    message: 'naïve “quotes” \u0000 \\ 🦄\n\tsecond line',
    host: 'node-1',
    env: 'prod',
    version: '1.2.3',
    traceId: '0AF7651916CD43DD8448EB211C80319C',
    spanId: 'b7ad6b7169203331',
    attributes: {
      'http.method': 'GET',
      http: { status: 200, headers: { 'x-a': ['1', { b: [true, null, 1.5] }] } },
      big: 12_345_678_901_234,
      small: 1e-7,
      date: '2020-01-01T00:00:00Z',
      empty: '',
      list: [],
      mixed: [1, 'two', { three: 3 }],
      __proto__x: 1,
    },
    resource: { 'k8s.pod.name': 'pod-1', nested: { deep: { er: 'yes' } } },
    custom: 'kept',
  };
  const now = Date.now();
  const sent = { ...log, timestamp: new Date(now).toISOString() };
  expect((await sendLogs(server.url, server, [sent])).status).toBe(202);
  await expect.poll(async () => (await search({ query: '{service="everything"}' })).logs.length).toBe(1);
  const [found] = (await search({ query: '{service="everything"}' })).logs;
  expect(found).toMatchObject({
    timestamp: sent.timestamp.replace('Z', '000000Z'),
    level: 'warn',
    severityText: 'WARNING',
    service: log.service,
    message: log.message,
    host: log.host,
    env: log.env,
    version: log.version,
    traceId: log.traceId.toLowerCase(),
    spanId: log.spanId,
    resource: log.resource,
  });
  expect(found?.attributes).toEqual({ ...log.attributes, custom: 'kept' });
});

describe('selectors and filters', () => {
  beforeAll(async () => {
    const at = (offset: number) => new Date(BASE + offset).toISOString();
    await load(
      [
        {
          service: 'sel-api',
          level: 'info',
          env: 'prod',
          host: 'a1',
          message: 'GET /orders 200 in 12 ms',
          timestamp: at(0),
          attributes: { http: { status: 200 }, user: 'ann' },
        },
        {
          service: 'sel-api',
          level: 'error',
          env: 'prod',
          host: 'a2',
          message: 'GET /orders 500 timeout',
          timestamp: at(1),
          attributes: { http: { status: 500 }, user: 'bob' },
        },
        {
          service: 'sel-web',
          level: 'warn',
          env: 'dev',
          host: 'w1',
          message: 'slow\nrender',
          timestamp: at(2),
          attributes: { 'http.status': 404 },
        },
        {
          service: 'sel-web',
          level: 'info',
          message: 'Timeout is spelled big',
          timestamp: at(3),
          resource: { user: 'ann' },
        },
      ],
      '{service=~"sel-.*"}',
      4,
    );
  });

  it.each<[string, number[]]>([
    ['{service="sel-api"}', [0, 1]],
    ['{service_name="sel-api"}', [0, 1]],
    ['{service=~"sel-.*", service!="sel-api"}', [2, 3]],
    ['{service=~"sel-(api|web)", level="info"}', [0, 3]],
    ['{service=~"sel-.*", level!~"info|warn"}', [1]],
    ['{service=~"sel"}', []],
    ['{service=~"sel-.*", env=""}', [3]],
    ['{service=~"sel-.*", env!=""}', [0, 1, 2]],
    ['{service=~"sel-.*", host=~"a."}', [0, 1]],
    ['{service=~"sel-.*", http_status="200"}', [0]],
    ['{service=~"sel-.*", http_status=~"4..|5.."}', [1, 2]],
    ['{service=~"sel-.*", user="ann"}', [0, 3]],
    ['{service=~"sel-.*", user!="ann"}', [1, 2]],
    ['{service=~"sel-.*"} |= "timeout"', [1]],
    ['{service=~"sel-.*"} |~ "(?i)timeout"', [1, 3]],
    ['{service=~"sel-.*"} != "GET"', [2, 3]],
    ['{service=~"sel-.*"} !~ "GET|Timeout"', [2]],
    ['{service=~"sel-.*"} |= "orders" |= "200"', [0]],
    ['{service=~"sel-.*"} |~ "slow.render"', []],
    ['{service=~"sel-.*"} |~ "(?s)slow.render"', [2]],
    ['{service=~"sel-.*"} |= `/orders 5`', [1]],
  ])('%s', async (query, offsets) => {
    const { logs } = await search({ query, direction: 'forward' });
    expect(logs.map(({ timestamp }) => Date.parse(timestamp) - BASE)).toEqual(offsets);
  });

  it('counts by label', async () => {
    const answer = await api.post('/query/logs/search', {
      query: 'sum by (level) (count_over_time({service=~"sel-.*"}[10m]))',
      start: BASE + 1000,
      end: BASE + 1000,
    });
    const { resultType, series } = (await answer.json()) as {
      resultType: string;
      series: { labels: object; points: [number, number][] }[];
    };
    expect(resultType).toBe('matrix');
    expect(Object.fromEntries(series.map(({ labels, points }) => [JSON.stringify(labels), points[0]?.[1]]))).toEqual({
      '{"level":"info"}': 2,
      '{"level":"error"}': 1,
      '{"level":"warn"}': 1,
    });
  });

  it('the range includes its start and not its end', async () => {
    const { logs } = await search({
      query: '{service=~"sel-.*"}',
      start: new Date(BASE + 1).toISOString(),
      end: new Date(BASE + 3).toISOString(),
    });
    expect(logs).toHaveLength(2);
  });
});

describe('pages', () => {
  it.each(['backward', 'forward'] as const)(
    '%s: together they are the whole, in order, while more arrives',
    async (direction) => {
      const service = `pages-${direction}`;
      // Many logs share a timestamp, so that pages break inside one.
      const logs = Array.from({ length: 250 }, (_, n) => ({
        service,
        message: `n ${n}`,
        timestamp: BASE + Math.floor(n / 40),
      }));
      await load(logs, `{service="${service}"}`, 250);
      const question = {
        query: `{service="${service}"}`,
        limit: 33,
        direction,
        start: BASE - 1000,
        end: BASE + 60_000,
      };
      const whole = await search({ ...question, limit: 5000 });
      const seen: string[] = [];
      let cursor: string | null = null;
      do {
        const page: Page = await search({ ...question, ...(cursor === null ? {} : { cursor }) });
        seen.push(...page.logs.map(({ id }) => id));
        cursor = page.nextCursor;
        // Newer logs than the range's end must not disturb the pages.
        await sendLogs(server.url, server, [{ service, message: 'later' }]);
      } while (cursor !== null);
      expect(seen).toEqual(whole.logs.map(({ id }) => id));
      const times = whole.logs.map(({ timestamp }) => timestamp);
      expect(times).toEqual(direction === 'forward' ? [...times].sort() : [...times].sort().reverse());
    },
  );
});

describe('errors', () => {
  it.each<[object, number, string]>([
    [{ query: '{service=' }, 400, 'invalid-query'],
    [{ query: '{service=~"("}' }, 400, 'invalid-query'],
    [{ query: 'sum(' }, 400, 'invalid-query'],
    [{ query: '{} | json |' }, 400, 'invalid-query'],
    [{ query: 'vector(1)', start: 'now-1d', end: 'now', step: 1 }, 422, 'query-not-runnable'],
    [{ query: '{}', limit: 5001 }, 400, 'invalid-request'],
    [{ query: '{}', limit: 0 }, 400, 'invalid-request'],
    [{ query: '{}', start: 'yesterday' }, 400, 'invalid-request'],
    [{ query: '{}', start: 'now', end: 'now-1h' }, 400, 'invalid-request'],
    [{ query: '{}', cursor: 'nonsense' }, 400, 'invalid-cursor'],
    [{ query: '{}', colour: 'blue' }, 400, 'invalid-request'],
    [{}, 400, 'invalid-request'],
  ])('%j is answered %d %s', async (body, status, code) => {
    const answer = await api.post('/query/logs/search', body);
    expect(answer.status).toBe(status);
    expect(await answer.json()).toMatchObject({ code });
  });

  it('a query that does not parse is told where', async () => {
    const answer = await api.post('/query/logs/search', { query: '{service="a"} |= ' });
    expect(await answer.json()).toMatchObject({
      code: 'invalid-query',
      position: expect.any(Number),
      detail: expect.any(String),
    });
  });

  it('a cursor of another query', async () => {
    await load(
      Array.from({ length: 3 }, () => ({ service: 'cursor', message: 'x' })),
      '{service="cursor"}',
      3,
    );
    const { nextCursor } = await search({ query: '{service="cursor"}', limit: 1 });
    const answer = await api.post('/query/logs/search', { query: '{}', limit: 1, cursor: nextCursor });
    expect(await answer.json()).toMatchObject({ code: 'invalid-cursor' });
  });

  it('a body that is no JSON, an unknown path', async () => {
    const headers = { authorization: `Bearer ${api.accessToken}`, 'content-type': 'application/json' };
    const answer = await fetch(`${server.url}/query/logs/search`, { method: 'POST', headers, body: '{' });
    expect(answer.status).toBe(400);
    expect(await answer.json()).toMatchObject({ code: 'invalid-json' });
    const unknown = await fetch(`${server.url}/query/nothing`, { method: 'POST', headers, body: '{}' });
    expect(unknown.status).toBe(404);
    expect(await unknown.json()).toMatchObject({ code: 'not-found' });
  });
});

describe('signing in', () => {
  const login = (email: string, password: string) =>
    fetch(`${server.url}/auth/login`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ email, password }),
    });

  it('answers alike for a wrong password and an unknown person', async () => {
    const wrong = await login(server.adminEmail, 'wrong');
    const unknown = await login(`nobody@${server.domain}`, 'wrong');
    const bodies = await Promise.all(
      [wrong, unknown].map(async (answer) => ({ ...((await answer.json()) as object), requestId: '' })),
    );
    expect([wrong.status, unknown.status]).toEqual([401, 401]);
    expect(bodies[0]).toEqual(bodies[1]);
  });

  it('throttles after ten failures', async () => {
    const email = `guessed@${server.domain}`;
    for (let attempt = 0; attempt < 10; attempt += 1) {
      expect((await login(email, `guess ${attempt}`)).status).toBe(401);
    }
    const throttled = await login(email, 'guess');
    expect(throttled.status).toBe(429);
    expect(Number(throttled.headers.get('retry-after'))).toBeGreaterThan(0);
    expect((await login(server.adminEmail, server.adminPassword)).status).toBe(200);
  });
});

it('health, readiness and metrics', async () => {
  expect(await (await fetch(`${server.url}/health`)).json()).toMatchObject({
    status: 'ok',
    version: expect.any(String),
    uptimeSeconds: expect.any(Number),
  });
  // An engine that others keep busy may be late.
  await expect
    .poll(async () => (await fetch(`${server.url}/health/ready`)).json())
    .toEqual({ status: 'ready', dependencies: { postgres: 'ok', queue: 'ok', clickhouse: 'ok' } });
  const metrics = await (await fetch(`${server.url}/metrics`)).text();
  expect(metrics).toMatch(/^aegis_ingest_records_total\{signal="logs",protocol="native",outcome="accepted"\} \d+$/m);
  expect((await fetch(`${server.url}/metrics`, { headers: { 'x-forwarded-for': '203.0.113.9' } })).status).toBe(403);
});

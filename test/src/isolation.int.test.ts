import { openAccounts, SYSTEM_ACTOR } from '@aegisguard/accounts';
import type { DependenciesAnswer, ServiceMapAnswer } from '@aegisguard/model';
import {
  type JoinedServer,
  joinServer,
  type Signer,
  sendLogs,
  sendSigned,
  signIn,
  TEST_SECRETS,
} from '@aegisguard/testkit';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';

// Organization B, with data of its own, sees nothing of A's: every read route is asked.

const PASSWORD = 'another fine long password';
const SECRET_WORD = 'xylophone';
const TRACE_ID = 'ab'.repeat(16);

let server: JoinedServer;
let orgA: string;
let b: Awaited<ReturnType<typeof signIn>>;
let orgB: string;

beforeAll(async () => {
  server = await joinServer();
  const accounts = openAccounts({ databaseUrl: server.databaseUrl, masterKey: TEST_SECRETS.masterKey });
  const user = await accounts.users.create({ email: `b@${server.domain}`, password: PASSWORD, name: 'B' });
  orgB = await accounts.organizations.create(SYSTEM_ACTOR, { name: 'Organization B', ownerUserId: user.id });
  const { keyId, secret } = await accounts.ingestKeys.create(orgB as never, {
    name: 'b',
    scopes: ['logs:write', 'metrics:write', 'traces:write', 'rum:write', 'events:write'],
  });
  await accounts.close();
  const attributes = { password: SECRET_WORD, customer: SECRET_WORD };
  await sendLogs(server.url, server, [
    { service: SECRET_WORD, message: SECRET_WORD, host: SECRET_WORD, traceId: TRACE_ID, attributes },
  ]);
  await sendOthers(server, SECRET_WORD, TRACE_ID);
  const ofB = { orgKey: keyId, orgSecret: secret };
  await sendLogs(server.url, ofB, [{ service: 'b-service', message: 'of b', attributes: { customer: 'b' } }]);
  await sendOthers(ofB, 'of_b', 'cd'.repeat(16));
  const a = await signIn(server.url, server.adminEmail, server.adminPassword);
  b = await signIn(server.url, `b@${server.domain}`, PASSWORD);
  orgA = ((await (await a.get('/auth/me')).json()) as { organizations: { id: string }[] }).organizations[0]?.id ?? '';
  await vi.waitFor(async () => expect([await count(a), await count(b)]).toEqual([1, 1]), 60_000);
  await vi.waitFor(async () => {
    expect([await othersOf(a), await othersOf(b)]).toEqual([
      [SECRET_WORD, SECRET_WORD, SECRET_WORD, SECRET_WORD],
      ['of_b', 'of_b', 'of_b', 'of_b'],
    ]);
  }, 60_000);
});

afterAll(async () => {
  await server.leave();
});

/** One metric, one trace in which a service calls itself, one session and one security event, all of which have the word wherever there may be one. */
async function sendOthers(signer: Signer, word: string, traceId: string): Promise<void> {
  const metrics = [{ name: word, value: 1, type: 'gauge', labels: { customer: word } }];
  const spanId = '00000000000000a1';
  const startTime = new Date().toISOString();
  const span = { traceId, name: word, service: word, env: word, durationMs: 1, startTime };
  const spans = [
    { ...span, spanId, kind: 'client', attributes: { customer: word } },
    { ...span, spanId: '00000000000000a2', parentSpanId: spanId, kind: 'server' },
  ];
  const events = [{ type: 'view', timestamp: new Date().toISOString(), url: word }];
  for (const [path, body] of [
    ['/v1/metrics', { metrics }],
    ['/v1/traces', { spans }],
    ['/v1/rum', { application: word, sessionId: word, userId: word, events }],
    ['/security-events/ingest', { events: [{ type: word, severity: 'low', actor: word }] }],
  ] as const) {
    expect((await sendSigned(server.url, signer, path, body)).status, path).toBe(202);
  }
}

/** The words that an organization finds when it asks for everything: of metrics, traces, sessions and security events. */
async function othersOf(api: typeof b): Promise<unknown[]> {
  const ask = async (path: string, body: object): Promise<unknown> => (await api.post(path, body)).json();
  const metrics = (await ask('/query/metrics', { query: '{__name__=~".+"}' })) as {
    data: { result: { metric: { __name__: string; service?: string; client?: string } }[] };
  };
  const { traces } = (await ask('/query/traces/search', {})) as { traces: { rootService: string }[] };
  const { sessions } = (await ask('/query/rum/sessions', {})) as { sessions: { sessionId: string }[] };
  const { items } = (await (await api.get('/events')).json()) as { items: { type: string }[] };
  return [
    // What spans come to as metrics is known by their service, or by who calls.
    ...new Set(metrics.data.result.map(({ metric }) => metric.service ?? metric.client ?? metric.__name__)),
    ...traces.map(({ rootService }) => rootService),
    ...sessions.map(({ sessionId }) => sessionId),
    ...items.map(({ type }) => type),
  ];
}

async function count(api: typeof b): Promise<number> {
  const answer = await api.post('/query/logs/histogram', { query: '{}' });
  return ((await answer.json()) as { total: number }).total;
}

it.each([
  '{}',
  `{service="${SECRET_WORD}"}`,
  '{service=~".*"}',
  '{service!="b-service"}',
  `{customer="${SECRET_WORD}"}`,
  `{} |= "${SECRET_WORD}"`,
  '{} |~ ".*"',
  `{trace_id="${'ab'.repeat(16)}"}`,
  'sum by (service, customer, host) (count_over_time({}[1h]))',
  `{service="x' OR 1=1 --"}`,
  `{service="x\\\\' OR organization_id != '"}`,
])('search and histogram of %s', async (query) => {
  const search = await b.post('/query/logs/search', { query, step: 3600 });
  expect(search.status).toBe(200);
  expect(await search.text()).not.toContain(SECRET_WORD);
  if (!query.startsWith('sum')) {
    const histogram = (await (await b.post('/query/logs/histogram', { query })).json()) as { total: number };
    expect(histogram.total).toBeLessThanOrEqual(1);
  }
});

it.each([
  ['/query/metrics', { query: SECRET_WORD }],
  ['/query/metrics', { query: `{customer="${SECRET_WORD}"}` }],
  ['/query/metrics', { query: '{customer!="of_b",customer!=""}[1h]' }],
  ['/query/metrics', { query: '{__name__=~".*x.*"}', start: 'now-1h', end: 'now', step: 60 }],
  ['/query/metrics', { query: `{customer="x' OR 1=1 --"}` }],
  ['/query/traces/search', { service: SECRET_WORD }],
  ['/query/traces/search', { operation: SECRET_WORD, sort: 'slowest' }],
  ['/query/traces/search', { attributes: { customer: SECRET_WORD } }],
  ['/query/traces/search', { service: "x' OR 1=1 --" }],
  ['/query/services', {}],
  ['/query/services', { search: SECRET_WORD, env: SECRET_WORD }],
  ['/query/services/environments', {}],
  ['/query/services/operations', { service: SECRET_WORD }],
  ['/query/services/timeline', { service: SECRET_WORD, by: 'version' }],
  ['/query/services/map', {}],
  ['/query/services/dependencies', { service: SECRET_WORD }],
  ['/query/traces/funnel', { steps: [{ query: '{}' }, { query: '{ name != "" }' }] }],
  ['/query/traces/funnel', { steps: [{ service: "x' OR 1=1 --" }, { query: '{ rootName != "" }' }] }],
  ['/query/rum/sessions', { application: SECRET_WORD }],
  ['/query/rum/sessions', { application: "x' OR 1=1 --" }],
])('%s of %j finds nothing of A', async (path, body) => {
  const answer = await b.post(path, body);
  expect(answer.status).toBe(200);
  expect(await answer.text()).not.toContain(SECRET_WORD);
});

it('edges of services are each organization’s own', async () => {
  const a = await signIn(server.url, server.adminEmail, server.adminPassword);
  const edgesOf = async (api: typeof b): Promise<string[]> => {
    const { edges } = (await (await api.post('/query/services/map', {})).json()) as ServiceMapAnswer;
    return edges.map(({ client, server: called }) => `${client} ${called}`);
  };
  const callsOf = async (api: typeof b, service: string): Promise<string[]> => {
    const answer = await api.post('/query/services/dependencies', { service });
    const { upstream, downstream } = (await answer.json()) as DependenciesAnswer;
    return [...upstream, ...downstream].map(({ node }) => node.name);
  };
  const [ofA, ofB] = [SECRET_WORD, 'of_b'].map((word) => `service:${word} service:${word}`);
  // An edge is made half a minute after its spans came.
  await expect
    .poll(async () => [(await edgesOf(a)).includes(ofA ?? ''), (await edgesOf(b)).includes(ofB ?? '')], {
      timeout: 150_000,
      interval: 1000,
    })
    .toEqual([true, true]);
  expect([await edgesOf(a), await edgesOf(b)]).toEqual([[ofA], [ofB]]);
  expect(await callsOf(a, SECRET_WORD)).toEqual([SECRET_WORD, SECRET_WORD]);
  expect(await callsOf(b, 'of_b')).toEqual(['of_b', 'of_b']);
  expect(await callsOf(b, SECRET_WORD)).toEqual([]);
}, 180_000);

it.each([
  'query?query={__name__=~".%2B"}',
  `query?query=${SECRET_WORD}`,
  `query_range?query=count({customer!=""})by(customer)&start=now-1h&end=now&step=60`,
  'series?match[]={__name__=~".%2B"}',
  `series?match[]=${SECRET_WORD}`,
  'labels',
  'label/__name__/values',
  'label/customer/values',
  `label/customer/values?match[]=${SECRET_WORD}`,
  'metadata',
  `metadata?metric=${SECRET_WORD}`,
  `query_exemplars?query=${SECRET_WORD}`,
  'status/tsdb?limit=1000',
  'rules',
  'alerts',
])('Prometheus’s %s has nothing of A', async (path) => {
  const answer = await b.get(`/prometheus/api/v1/${path}`);
  expect(answer.status).toBe(200);
  expect(await answer.text()).not.toContain(SECRET_WORD);
});

it.each([
  'search',
  `search?q={name="${SECRET_WORD}"}`,
  `search?q={resource.service.name=~".*"}`,
  `search?tags=customer=${SECRET_WORD}`,
  `search?q={.customer="x' OR 1=1 --"}`,
  'search/tags',
  'v2/search/tags',
  'search/tag/customer/values',
  'v2/search/tag/span.customer/values',
  'v2/search/tag/resource.service.name/values',
  'v2/search/tag/trace:id/values',
  'metrics/query?q={}|rate()by(name,resource.service.name,span.customer)',
  'metrics/query_range?q={}|compare({})',
])('Tempo’s %s has nothing of A', async (path) => {
  const answer = await b.get(`/tempo/api/${path}`);
  expect(answer.status).toBe(200);
  const text = await answer.text();
  expect([text.includes(SECRET_WORD), text.includes(TRACE_ID)]).toEqual([false, false]);
});

it('A’s trace and session are not there for B', async () => {
  expect((await b.get(`/query/traces/${TRACE_ID}`)).status).toBe(404);
  expect((await b.get(`/tempo/api/traces/${TRACE_ID}`)).status).toBe(404);
  expect((await b.get(`/tempo/api/v2/traces/${TRACE_ID}?q={name!=""}`)).status).toBe(404);
  expect((await b.get(`/query/rum/sessions/${SECRET_WORD}`)).status).toBe(404);
});

it.each(['', `type=${SECRET_WORD}`, `actor=${SECRET_WORD}`, `text=${SECRET_WORD}`, "type=x' OR 1=1 --"])(
  'events by %j, and their trend, have nothing of A',
  async (query) => {
    for (const path of ['/events', '/events/trend']) {
      const answer = await b.get(`${path}?${query}`);
      expect(answer.status).toBe(200);
      expect(await answer.text()).not.toContain(SECRET_WORD);
    }
  },
);

it('ingest counts are of B’s own keys only', async () => {
  const { rows } = await vi.waitFor(async () => {
    const counts = (await (await b.get('/ingest/counts')).json()) as { rows: { keyId: string; keyName: string }[] };
    expect(counts.rows.length).toBeGreaterThan(0);
    return counts;
  }, 60_000);
  expect(new Set(rows.map(({ keyName }) => keyName))).toEqual(new Set(['b']));
  expect(rows.some(({ keyId }) => keyId === server.orgKey)).toBe(false);
});

it('a policy and what was found are B’s own', async () => {
  const a = await signIn(server.url, server.adminEmail, server.adminPassword);
  const policy = { secretFields: [SECRET_WORD] };
  const headers = { authorization: `Bearer ${a.accessToken}`, 'content-type': 'application/json' };
  const body = JSON.stringify({ policy, version: 0 });
  const changed = await fetch(`${server.url}/organization/privacy`, { method: 'PUT', headers, body });
  expect(changed.status).toBe(200);
  expect(await (await b.get('/organization/privacy')).json()).toMatchObject({
    version: 0,
    policy: { secretFields: [] },
  });
  const { rows } = (await (await b.get('/privacy/findings')).json()) as { rows: { place: string }[] };
  expect(rows.filter(({ place }) => place.includes('password'))).toEqual([]);
});

it('a cursor over A’s traces is no cursor of B', async () => {
  const a = await signIn(server.url, server.adminEmail, server.adminPassword);
  const span = { traceId: 'ef'.repeat(16), spanId: '00000000000000a1', name: 'n', service: 's', durationMs: 1 };
  await sendSigned(server.url, server, '/v1/traces', { spans: [{ ...span, startTime: new Date().toISOString() }] });
  const nextCursor = await vi.waitFor(async () => {
    const page = (await (await a.post('/query/traces/search', { limit: 1 })).json()) as { nextCursor: string | null };
    expect(page.nextCursor).not.toBeNull();
    return page.nextCursor;
  }, 60_000);
  const stolen = await b.post('/query/traces/search', { limit: 1, cursor: nextCursor });
  expect(stolen.status).toBe(400);
  expect(await stolen.json()).toMatchObject({ code: 'invalid-cursor' });
});

it('a cursor of A is no cursor of B', async () => {
  await sendLogs(
    server.url,
    server,
    Array.from({ length: 3 }, () => ({ service: 'paged', message: 'a' })),
  );
  const a = await signIn(server.url, server.adminEmail, server.adminPassword);
  await vi.waitFor(async () => expect(await count(a)).toBe(4), 60_000);
  const question = { query: '{}', limit: 1 };
  const page = (await (await a.post('/query/logs/search', question)).json()) as { nextCursor: string };
  const stolen = await b.post('/query/logs/search', { ...question, cursor: page.nextCursor });
  expect(stolen.status).toBe(400);
  expect(await stolen.json()).toMatchObject({ code: 'invalid-cursor' });
});

it('asking for A’s organization is refused', async () => {
  for (const path of [
    '/usage',
    '/dead-letters',
    '/ingest/counts',
    '/organization/privacy',
    '/privacy/findings',
    '/privacy/geo',
    '/events',
    '/events/trend',
    `/query/traces/${TRACE_ID}`,
  ]) {
    const answer = await fetch(`${server.url}${path}`, {
      headers: { authorization: `Bearer ${b.accessToken}`, 'x-org-id': orgA },
    });
    expect(answer.status).toBe(403);
  }
  const own = await fetch(`${server.url}/usage`, {
    headers: { authorization: `Bearer ${b.accessToken}`, 'x-org-id': orgB },
  });
  expect(own.status).toBe(200);
});

it('usage counts B’s own logs only', async () => {
  const usage = (await (await b.get('/usage')).json()) as { totals: { logsCount: number } };
  expect(usage.totals.logsCount).toBe(1);
});

it('dead letters of A are not there for B', async () => {
  expect(await (await b.get('/dead-letters')).json()).toEqual({ items: [], nextCursor: null });
  expect((await b.post('/dead-letters/1/replay', {})).status).toBe(404);
});

it('me names B’s organization only', async () => {
  expect(await (await b.get('/auth/me')).json()).toMatchObject({
    organizations: [{ id: orgB, name: 'Organization B', role: 'owner' }],
  });
});

it('without a token, with an ingest key, with a bad token', async () => {
  for (const [method, path] of [
    ['POST', '/query/logs/search'],
    ['POST', '/query/logs/histogram'],
    ['POST', '/query/metrics'],
    ['GET', `/query/traces/${TRACE_ID}`],
    ['POST', '/query/traces/search'],
    ['POST', '/query/rum/sessions'],
    ['GET', `/query/rum/sessions/${SECRET_WORD}`],
    ['GET', '/events'],
    ['GET', '/events/trend'],
    ['GET', '/ingest/counts'],
    ['GET', '/ingest/endpoints'],
    ['GET', '/organization/privacy'],
    ['PUT', '/organization/privacy'],
    ['POST', '/organization/privacy/preview'],
    ['GET', '/privacy/findings'],
    ['GET', '/privacy/geo'],
    ['GET', '/log-pipelines'],
    ['PUT', '/log-pipelines'],
    ['POST', '/log-pipelines/preview'],
    ['POST', '/log-pipelines/import'],
    ['GET', '/usage'],
    ['GET', '/dead-letters'],
    ['GET', '/auth/me'],
  ] as const) {
    const ask = (headers: Record<string, string>) => fetch(`${server.url}${path}`, { method, headers });
    expect((await ask({})).status, path).toBe(401);
    expect((await ask({ authorization: 'Bearer a.b.c' })).status, path).toBe(401);
    expect((await ask({ 'x-org-key': server.orgKey })).status, path).toBe(403);
  }
});

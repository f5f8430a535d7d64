import { openAccounts } from '@aegisguard/accounts';
import { closeDatabases, createDatabase, sendLogs, signIn, startServer, type TestServer } from '@aegisguard/testkit';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';

// Organization B, with data of its own, sees nothing of A's: every read route is asked.

const MASTER_KEY = Buffer.alloc(32, 9);
const B = { email: 'b@example.com', password: 'another fine long password' };
const SECRET_WORD = 'xylophone';

let server: TestServer;
let orgA: string;
let b: Awaited<ReturnType<typeof signIn>>;
let orgB: string;

beforeAll(async () => {
  const databaseUrl = await createDatabase();
  server = await startServer({ env: { DATABASE_URL: databaseUrl, AEGIS_MASTER_KEY: MASTER_KEY.toString('hex') } });
  const accounts = await openAccounts({ databaseUrl, masterKey: MASTER_KEY });
  const user = await accounts.createUser({ email: B.email, password: B.password, name: 'B' });
  orgB = await accounts.createOrganization({ name: 'Organization B', ownerUserId: user.id });
  const { keyId, secret } = await accounts.createIngestKey(orgB as never, { name: 'b', scopes: ['logs:write'] });
  await accounts.close();
  const attributes = { password: SECRET_WORD, customer: SECRET_WORD };
  await sendLogs(server.url, server, [
    { service: SECRET_WORD, message: SECRET_WORD, host: SECRET_WORD, traceId: 'ab'.repeat(16), attributes },
  ]);
  await sendLogs(server.url, { orgKey: keyId, orgSecret: secret }, [
    { service: 'b-service', message: 'of b', attributes: { customer: 'b' } },
  ]);
  const a = await signIn(server.url, server.adminEmail, server.adminPassword);
  b = await signIn(server.url, B.email, B.password);
  orgA = ((await (await a.get('/auth/me')).json()) as { organizations: { id: string }[] }).organizations[0]?.id ?? '';
  await vi.waitFor(async () => expect([await count(a), await count(b)]).toEqual([1, 1]), 10_000);
});

afterAll(async () => {
  await server.stop();
  await closeDatabases();
});

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

it('a cursor of A is no cursor of B', async () => {
  await sendLogs(
    server.url,
    server,
    Array.from({ length: 3 }, () => ({ service: 'paged', message: 'a' })),
  );
  const a = await signIn(server.url, server.adminEmail, server.adminPassword);
  await vi.waitFor(async () => expect(await count(a)).toBe(4), 10_000);
  const question = { query: '{}', limit: 1 };
  const page = (await (await a.post('/query/logs/search', question)).json()) as { nextCursor: string };
  const stolen = await b.post('/query/logs/search', { ...question, cursor: page.nextCursor });
  expect(stolen.status).toBe(400);
  expect(await stolen.json()).toMatchObject({ code: 'invalid-cursor' });
});

it('asking for A’s organization is refused', async () => {
  for (const path of ['/usage', '/dead-letters']) {
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

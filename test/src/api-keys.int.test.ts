import { type Accounts, openAccounts, SYSTEM_ACTOR } from '@aegisguard/accounts';
import { type OrgId, ROLE_PERMISSIONS, ROLES, type Role } from '@aegisguard/model';
import { type JoinedServer, joinServer, sendLogs, sharedOutput, TEST_SECRETS } from '@aegisguard/testkit';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { expectWithin, REMEMBERED_MS_MAX } from './testing/expect-within.ts';

// API keys as people manage them, and query tokens: who may what, that other organizations see nothing, and that what was revoked stops.

const PASSWORD = 'a fine long password';
/** Within this a revocation must have its effect, in every process. */

interface Answer {
  readonly status: number;
  readonly headers: Headers;
  readonly body: {
    readonly id: string;
    readonly secret: string | null;
    readonly items: readonly Record<string, unknown>[];
    readonly nextCursor: string | null;
    readonly [name: string]: unknown;
  };
}

type Ask = (method: string, path: string, body?: object, headers?: Record<string, string>) => Promise<Answer>;

let server: JoinedServer;
let orgA: OrgId;
let orgB: OrgId;
const people = {} as Record<Role | 'stranger', Ask>;

beforeAll(async () => {
  server = await joinServer();
  const accounts = openAccounts({ databaseUrl: server.databaseUrl, masterKey: TEST_SECRETS.masterKey });
  const make = (name: string) => accounts.users.create({ email: `${name}@${server.domain}`, name, password: PASSWORD });
  const owner = await make('owner');
  orgA = await accounts.organizations.create(SYSTEM_ACTOR, { name: 'A', ownerUserId: owner.id });
  orgB = await accounts.organizations.create(SYSTEM_ACTOR, { name: 'B', ownerUserId: (await make('stranger')).id });
  await addOthers(accounts, make);
  await accounts.close();
  for (const name of [...ROLES, 'stranger'] as const) {
    people[name] = asker(await tokenOf(name));
  }
});

afterAll(async () => {
  await server.leave();
});

async function addOthers(accounts: Accounts, make: (name: string) => Promise<{ id: string }>): Promise<void> {
  for (const role of ROLES.filter((name) => name !== 'owner')) {
    await accounts.members.add(orgA, SYSTEM_ACTOR, (await make(role)).id, role);
  }
}

async function tokenOf(name: string): Promise<string> {
  const login = { email: `${name}@${server.domain}`, password: PASSWORD };
  const { body } = await asker()('POST', '/auth/login', login);
  return String(body.accessToken);
}

/** Asks with a bearer token; a body goes as JSON. */
function asker(token?: string): Ask {
  return async (method, path, body, headers = {}) => {
    const answer = await fetch(`${server.url}${path}`, {
      method,
      headers: {
        ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        ...headers,
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    const text = await answer.text();
    return { status: answer.status, headers: answer.headers, body: text === '' ? undefined : JSON.parse(text) };
  };
}

async function createKey(body: object, ask: Ask = people.owner) {
  const answer = await ask('POST', '/apikeys', { name: 'key', ...body });
  expect(answer.status).toBe(201);
  return { id: answer.body.id, secret: answer.body.secret ?? '', body: answer.body };
}

const search = (token: string, headers?: Record<string, string>) =>
  asker(token)('POST', '/query/logs/search', { query: '{}' }, headers);

describe('the life of a key', () => {
  it.each([
    ['signed', {}, ['logs:write', 'metrics:write', 'traces:write', 'rum:write', 'events:write']],
    ['token', { scopes: ['logs:write'], expiresAt: '2999-01-01T01:00:00+01:00' }, ['logs:write']],
    ['browser', { origins: ['https://Shop.example'] }, ['rum:write']],
    ['query', {}, []],
  ])('%s is made, shown and listed, its secret once', async (kind, wishes, scopes) => {
    const made = await people.owner('POST', '/apikeys', { name: 'a key', kind, ...wishes });
    expect(made.status).toBe(201);
    expect(made.headers.get('cache-control')).toBe('no-store');
    const { secret, ...view } = made.body;
    expect(view).toEqual({
      id: view.id,
      name: 'a key',
      kind,
      key: view.id,
      scopes,
      origins: kind === 'browser' ? ['https://shop.example'] : [],
      requireTimestamp: false,
      createdAt: expect.stringMatching(/^\d{4}-\d\d-\d\dT.*Z$/),
      expiresAt: kind === 'token' ? '2999-01-01T00:00:00.000Z' : null,
      revokedAt: null,
      lastUsedAt: null,
      createdByName: 'owner',
    });
    expect(secret === null).toBe(kind === 'browser');
    expect((await people.owner('GET', `/apikeys/${view.id}`)).body).toEqual(view);
    const list = await people.owner('GET', '/apikeys');
    expect(list.body.items[0]).toEqual(view);
    expect(await sharedOutput()).not.toContain(secret ?? 'ags_');
  });

  it.each([
    {},
    { name: 'x' },
    { name: 'x', kind: 'magic' },
    { name: '', kind: 'signed' },
    { name: 'x', kind: 'signed', scopes: ['logs:read'] },
    { name: 'x', kind: 'signed', scopes: 'logs:write' },
    { name: 'x', kind: 'signed', unknown: true },
    { name: 'x', kind: 'signed', expiresAt: '2000-01-01T00:00:00Z' },
    { name: 'x', kind: 'signed', expiresAt: 'tomorrow' },
    { name: 'x', kind: 'browser' },
    { name: 'x', kind: 'browser', origins: ['null'] },
    { name: 'x', kind: 'query', scopes: ['logs:write'] },
  ])('%j makes none', async (body) => {
    const answer = await people.owner('POST', '/apikeys', body);
    expect(answer.status).toBe(400);
    expect(answer.body).toMatchObject({ code: 'invalid-request', detail: expect.any(String) });
  });

  it('the list comes in pages', async () => {
    await createKey({ kind: 'signed' });
    await createKey({ kind: 'signed' });
    const all = (await people.owner('GET', '/apikeys?limit=200')).body.items;
    const paged: unknown[] = [];
    let cursor = '';
    for (let page = 0; page <= all.length && cursor !== 'none'; page += 1) {
      const { body } = await people.owner('GET', `/apikeys?limit=1${cursor === '' ? '' : `&cursor=${cursor}`}`);
      paged.push(...body.items);
      cursor = body.nextCursor ?? 'none';
    }
    expect(paged).toEqual(all);
    const bad = await people.owner('GET', '/apikeys?cursor=nonsense');
    expect([bad.status, bad.body.code]).toEqual([400, 'invalid-cursor']);
    for (const query of ['limit=0', 'limit=201', 'limit=x', 'order=name']) {
      expect((await people.owner('GET', `/apikeys?${query}`)).status).toBe(400);
    }
  });
});

it('a request that names a content type but has no body is taken', async () => {
  const json = { 'content-type': 'application/json' };
  const { id } = await createKey({ kind: 'signed' });
  expect((await people.owner('POST', `/apikeys/${id}/rotate`, undefined, json)).status).toBe(201);
  expect((await people.owner('DELETE', `/apikeys/${id}`, undefined, json)).status).toBe(204);
  expect((await people.owner('POST', '/apikeys', undefined, json)).body).toMatchObject({ code: 'invalid-request' });
  const broken = await fetch(`${server.url}/auth/login`, { method: 'POST', headers: json, body: '{"email":' });
  expect([broken.status, ((await broken.json()) as { code: string }).code]).toEqual([400, 'invalid-json']);
});

describe('who may', () => {
  const routes = [
    ['GET', () => '/apikeys', undefined, 200, 'keys:read'],
    ['GET', (id: string) => `/apikeys/${id}`, undefined, 200, 'keys:read'],
    ['POST', () => '/apikeys', { name: 'x', kind: 'signed' }, 201, 'keys:write'],
    ['PATCH', (id: string) => `/apikeys/${id}`, { name: 'y' }, 200, 'keys:write'],
    ['POST', (id: string) => `/apikeys/${id}/rotate`, {}, 201, 'keys:write'],
    ['DELETE', (id: string) => `/apikeys/${id}`, undefined, 204, 'keys:write'],
  ] as const;

  it.each(ROLES)('%s: what the role says', async (role) => {
    const { id } = await createKey({ kind: 'signed' });
    for (const [method, path, body, status, permission] of routes) {
      const allowed = ROLE_PERMISSIONS[role].has(permission);
      expect((await people[role](method, path(id), body)).status, `${method} ${path('')}`).toBe(allowed ? status : 403);
    }
  });

  it('nobody without a token, and no token that is not a person’s', async () => {
    const { id, secret } = await createKey({ kind: 'query' });
    for (const [method, path, body] of routes) {
      expect((await asker()(method, path(id), body)).status).toBe(401);
      expect((await asker('a.b.c')(method, path(id), body)).status).toBe(401);
      expect((await asker(secret)(method, path(id), body)).status).toBe(403);
    }
    expect((await people.owner('GET', `/apikeys/${id}`)).body.revokedAt).toBeNull();
  });

  it('no other organization: the key is not there', async () => {
    const { id } = await createKey({ kind: 'signed' });
    for (const [method, path, body] of routes.filter(([, path]) => path('x') !== path('y'))) {
      expect((await people.stranger(method, path(id), body)).status, method).toBe(404);
      expect((await people.stranger(method, path('agk_unknown_key'), body)).status).toBe(404);
      expect((await people.stranger(method, path(id), body, { 'x-org-id': orgA })).status).toBe(403);
    }
    expect(JSON.stringify((await people.stranger('GET', '/apikeys')).body)).not.toContain(id);
    expect((await people.stranger('GET', `/apikeys?cursor=${id}`)).status).toBe(400);
    expect((await people.owner('GET', `/apikeys/${id}`)).body.revokedAt).toBeNull();
  });
});

describe('a signed key', () => {
  const send = (id: string, secret: string) =>
    sendLogs(server.url, { orgKey: id, orgSecret: secret }, [{ service: 'keys', message: 'hello' }]);

  it('signs until it is revoked, and five seconds later nowhere', async () => {
    const { id, secret } = await createKey({ kind: 'signed' });
    expect((await send(id, secret)).status).toBe(202);
    expect((await people.owner('DELETE', `/apikeys/${id}`)).status).toBe(204);
    await expectWithin(REMEMBERED_MS_MAX, async () => (await send(id, secret)).status, 401);
    expect((await people.owner('DELETE', `/apikeys/${id}`)).status).toBe(204);
    expect((await people.owner('POST', `/apikeys/${id}/rotate`)).status).toBe(400);
  });

  it('lacks the scopes that it was not given', async () => {
    const { id, secret } = await createKey({ kind: 'signed', scopes: ['metrics:write'] });
    expect((await send(id, secret)).status).toBe(403);
  });

  it('signs with both secrets while a rotation overlaps', async () => {
    const { id, secret } = await createKey({ kind: 'signed' });
    expect((await send(id, secret)).status).toBe(202);
    const rotated = await people.owner('POST', `/apikeys/${id}/rotate`);
    expect(rotated.status).toBe(201);
    expect((await send(id, secret)).status).toBe(202);
    expect((await send(id, rotated.body.secret ?? '')).status).toBe(202);
    await people.owner('POST', `/apikeys/${id}/rotate`, { overlapSeconds: 0 });
    await expectWithin(REMEMBERED_MS_MAX, async () => (await send(id, secret)).status, 401);
  });
});

describe('a query token', () => {
  it('reads its organization’s telemetry, and nothing else', async () => {
    const { secret } = await createKey({ kind: 'query' });
    expect((await search(secret)).status).toBe(200);
    expect((await search(secret, { 'x-org-id': orgA })).status).toBe(200);
    expect((await search(secret, { 'x-org-id': orgB })).status).toBe(403);
    for (const path of ['/auth/me', '/usage', '/dead-letters', '/apikeys']) {
      expect((await asker(secret)('GET', path)).status, path).toBe(403);
    }
  });

  it('sees its own organization only', async () => {
    const ingest = await createKey({ kind: 'signed' });
    const ours = await createKey({ kind: 'query' });
    const theirs = await createKey({ kind: 'query' }, people.stranger);
    await sendLogs(server.url, { orgKey: ingest.id, orgSecret: ingest.secret }, [
      { service: 'zither', message: 'zither' },
    ]);
    const find = (token: string) => asker(token)('POST', '/query/logs/search', { query: '{service="zither"}' });
    await expect.poll(async () => (await find(ours.secret)).body.logs).toHaveLength(1);
    expect((await find(theirs.secret)).body.logs).toEqual([]);
  });

  it('ends within five seconds of its revocation', async () => {
    const { id, secret } = await createKey({ kind: 'query' });
    expect((await search(secret)).status).toBe(200);
    await people.owner('DELETE', `/apikeys/${id}`);
    await expectWithin(REMEMBERED_MS_MAX, async () => (await search(secret)).status, 401);
    expect((await asker(secret)('GET', '/auth/me')).status).toBe(401);
  });

  it('works at once after a rotation, and the old one until the overlap ends', async () => {
    const { id, secret } = await createKey({ kind: 'query' });
    expect((await search(secret)).status).toBe(200);
    const second = await people.owner('POST', `/apikeys/${id}/rotate`, { overlapSeconds: 3600 });
    expect((await search(second.body.secret ?? '')).status).toBe(200);
    expect((await search(secret)).status).toBe(200);
    const third = await people.owner('POST', `/apikeys/${id}/rotate`, { overlapSeconds: 0 });
    await expectWithin(REMEMBERED_MS_MAX, async () => (await search(secret)).status, 401);
    expect((await search(third.body.secret ?? '')).status).toBe(200);
    expect((await search(second.body.secret ?? '')).status).toBe(401);
  });

  it('is told from tokens that are not valid, or that write', async () => {
    const query = await createKey({ kind: 'query' });
    const ingest = await createKey({ kind: 'token' });
    const signed = await createKey({ kind: 'signed' });
    const altered = `${query.secret.slice(0, -1)}${query.secret.endsWith('a') ? 'b' : 'a'}`;
    const unknown = query.secret.replace(/_[a-z0-9]{20}_/, `_${'a'.repeat(20)}_`);
    const statuses = [ingest.secret, altered, unknown, query.secret.replace('agq', 'agt'), signed.secret, query.id];
    expect(await Promise.all(statuses.map(async (token) => (await search(token)).status))).toEqual([
      403, 401, 401, 401, 401, 401,
    ]);
  });
});

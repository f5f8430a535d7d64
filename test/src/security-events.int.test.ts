import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openAccounts, SYSTEM_ACTOR } from '@aegisguard/accounts';
import type { SecurityEventsAnswer, SecurityEventTrendAnswer, SecurityEventView } from '@aegisguard/model';
import {
  closeDatabases,
  createApiKey,
  createDatabase,
  runSql,
  sendLogs,
  sendSigned,
  signHeaders,
  signIn,
  startServer,
  type TestServer,
} from '@aegisguard/testkit';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { plantedSecrets } from './wire/planted-secrets.ts';

// Security events: sent by the organization's own systems, raised by the platform, read as a list and as a trend.

const MASTER_KEY = Buffer.alloc(32, 9);
const B = { email: 'b@example.com', password: 'another fine long password' };
const PATH = '/security-events/ingest';
const BASE = Date.now() - 600_000;

type Api = Awaited<ReturnType<typeof signIn>>;
let server: TestServer;
let api: Api;
let b: Api;
let orgA: string;

let databaseUrl: string;
let dataDir: string;

function start(): Promise<TestServer> {
  const env = { DATABASE_URL: databaseUrl, AEGIS_MASTER_KEY: MASTER_KEY.toString('hex') };
  return startServer({ dataDir, env });
}

beforeAll(async () => {
  databaseUrl = await createDatabase();
  dataDir = await mkdtemp(join(tmpdir(), 'aegis-events-'));
  server = await start();
  const accounts = await openAccounts({ databaseUrl, masterKey: MASTER_KEY });
  const user = await accounts.users.create({ ...B, name: 'B' });
  await accounts.organizations.create(SYSTEM_ACTOR, { name: 'Organization B', ownerUserId: user.id });
  await accounts.close();
  api = await signIn(server.url, server.adminEmail, server.adminPassword);
  b = await signIn(server.url, B.email, B.password);
  const me = (await (await api.get('/auth/me')).json()) as { organizations: { id: string }[] };
  orgA = me.organizations[0]?.id ?? '';
});

afterAll(async () => {
  await server.stop();
  await closeDatabases();
  await rm(dataDir, { recursive: true, force: true });
});

function timeOf(second: number): string {
  return new Date(BASE + second * 1000).toISOString();
}

function send(...events: unknown[]): Promise<Response> {
  return sendSigned(server.url, server, PATH, { events });
}

async function list(query: string, by = api): Promise<SecurityEventsAnswer> {
  const answer = await by.get(`/events?${query}`);
  expect(answer.status, query).toBe(200);
  return (await answer.json()) as SecurityEventsAnswer;
}

/** What a list has, once it has as many as it should. */
function found(query: string, count: number): Promise<readonly SecurityEventView[]> {
  return vi.waitFor(async () => {
    const { items } = await list(query);
    expect(items).toHaveLength(count);
    return items;
  }, 60_000);
}

/** How often what follows the first of a flood may have been told since the flood began. */
const minutesSince = (begunMs: number) => Math.floor((performance.now() - begunMs) / 60_000);

async function trend(query: string): Promise<SecurityEventTrendAnswer> {
  const answer = await api.get(`/events/trend?${query}`);
  expect(answer.status, query).toBe(200);
  return (await answer.json()) as SecurityEventTrendAnswer;
}

describe('sent', () => {
  const event = {
    type: 'vpn.login_failed',
    severity: 'high',
    timestamp: timeOf(5),
    actor: 'ann@example.com',
    ip: '81.2.69.142',
    target: 'gateway-1',
    message: 'wrong password',
    attributes: { tries: 3, source: 'platform' },
  };

  it('reads back equal, with its country, and is never the platform’s', async () => {
    const answer = await send(event, { ...event, source: 'platform', timestamp: undefined });
    expect(answer.status).toBe(202);
    const { ingestId, ...rest } = (await answer.json()) as { ingestId: string };
    expect(rest).toEqual({ accepted: 2, rejected: 0 });
    const [newest, oldest] = await found('type=vpn.login_failed', 2);
    expect(oldest).toEqual({
      ...event,
      id: `${ingestId}-0`,
      timestamp: timeOf(5).replace('Z', '000000Z'),
      source: 'ingested',
      country: 'GB',
      occurrences: 1,
    });
    expect(newest).toMatchObject({ id: `${ingestId}-1`, source: 'ingested' });
    expect((await list('type=vpn.login_failed&source=platform')).items).toEqual([]);
  });

  it('is filtered, paged newest first, and counted', async () => {
    const sent = Array.from({ length: 7 }, (_, n) => ({
      type: n % 2 === 0 ? 'door.opened' : 'door.forced',
      severity: n % 2 === 0 ? 'info' : 'critical',
      timestamp: timeOf(100 + n),
      actor: n === 6 ? 'bob' : 'ann',
      message: n === 3 ? 'With a CROWBAR' : 'by hand',
    }));
    await send(...sent);
    const doors = 'type=door.opened,door.forced';
    const times = (items: readonly SecurityEventView[]) => items.map(({ timestamp }) => timestamp.slice(0, 23));
    const expected = sent.map(({ timestamp }) => timestamp.slice(0, 23)).toReversed();
    expect(times(await found(doors, 7))).toEqual(expected);
    const paged: string[] = [];
    for (let cursor = ''; ; ) {
      const page = await list(`${doors}&limit=3${cursor}`);
      paged.push(...times(page.items));
      if (page.nextCursor === null) {
        break;
      }
      cursor = `&cursor=${page.nextCursor}`;
    }
    expect(paged).toEqual(expected);
    for (const [query, count] of [
      ['type=door.forced', 3],
      ['type=door.opened&type=door.forced&severity=critical', 3],
      [`${doors}&severity=info,low`, 4],
      [`${doors}&actor=bob`, 1],
      [`${doors}&text=crowbar`, 1],
      [`${doors}&ip=81.2.69.142`, 0],
      [`${doors}&start=${timeOf(101)}&end=${timeOf(103)}`, 2],
    ] as const) {
      expect((await list(query)).items, query).toHaveLength(count);
    }
    const counts = await trend(`${doors}&start=${timeOf(0)}&end=${timeOf(600)}&steps=10`);
    expect(counts).toMatchObject({
      total: 7,
      stepMs: 60_000,
      topTypes: [
        { type: 'door.opened', count: 4 },
        { type: 'door.forced', count: 3 },
      ],
      topActors: [
        { actor: 'ann', count: 6 },
        { actor: 'bob', count: 1 },
      ],
    });
    const sums = counts.severities.map(({ severity, counts: row }) => [severity, row.reduce((sum, n) => sum + n, 0)]);
    expect(sums).toEqual([
      ['info', 4],
      ['critical', 3],
    ]);
  });

  it('is scrubbed, but for its actor and its address', async () => {
    const secrets = plantedSecrets();
    const events = secrets.map(({ field = 'note', text }, n) => ({
      type: 'planted',
      severity: 'low',
      timestamp: timeOf(n),
      actor: 'cy@example.com',
      ip: '198.51.100.77',
      target: field === 'note' ? `of ${text}` : '',
      message: field === 'note' ? `before ${text} after` : '',
      attributes: { [field]: text, deep: { list: [{ [field]: text }] } },
      [field]: text,
    }));
    expect((await send(...events)).status).toBe(202);
    const items = await found('type=planted', events.length);
    const text = JSON.stringify(items);
    expect(secrets.flatMap(({ needles }) => needles).filter((needle) => text.includes(needle))).toEqual([]);
    expect(new Set(items.map(({ actor, ip }) => `${actor} ${ip}`))).toEqual(new Set(['cy@example.com 198.51.100.77']));
    expect(items[0]?.details).toMatchObject({ scrubbed: {} });
  });

  it('is refused as the contract says', async () => {
    const good = { type: 'ok', severity: 'low' };
    const some = await send(good, { ...good, severity: 'loud' }, { severity: 'low' });
    expect([some.status, await some.json()]).toMatchObject([
      202,
      {
        accepted: 1,
        rejected: 2,
        errors: [
          { index: 1, path: '/severity' },
          { index: 2, path: '/type' },
        ],
      },
    ]);
    expect((await send({ severity: 'low' })).status).toBe(400);
    expect((await send(...Array(1001).fill(good))).status).toBe(413);
    expect((await sendSigned(server.url, server, PATH, { logs: [] })).status).toBe(400);
    expect((await fetch(`${server.url}${PATH}`, { method: 'POST', body: '{}' })).status).toBe(401);
  });

  it('comes by token too, with the scope, and never from a browser', async () => {
    const events = (type: string) => JSON.stringify({ events: [{ type, severity: 'low' }] });
    const token = await createApiKey(server, 'token', { scopes: ['events:write'] });
    const other = await createApiKey(server, 'token', { scopes: ['logs:write'] });
    const browser = await createApiKey(server, 'browser', { origins: ['https://shop.example'] });
    const json = { 'content-type': 'application/json' };
    const post = async (proof: Record<string, string>) => {
      const headers = { ...json, ...proof };
      return (await fetch(`${server.url}${PATH}`, { method: 'POST', headers, body: events('by.token') })).status;
    };
    expect(await post({ authorization: `Bearer ${token.secret}` })).toBe(202);
    expect(await post({ authorization: `Bearer ${other.secret}` })).toBe(403);
    expect(await post({ 'x-org-key': browser.key, origin: 'https://shop.example' })).toBe(403);
    await found('type=by.token', 1);
    const [refused] = await found(`type=keys.scope_refused&actor=${other.key}`, 1);
    expect(refused).toMatchObject({ source: 'platform', target: PATH, attributes: { kind: 'token' } });
  });
});

describe('raised by the platform', () => {
  it('a flood of wrong signatures: told at once, then folded', async () => {
    const { key } = await createApiKey(server, 'signed');
    const wrong = { orgKey: key, orgSecret: 'not the secret of this key' };
    const log = [{ service: 's', message: 'm' }];
    const begunMs = performance.now();
    for (let n = 0; n < 50; n += 1) {
      expect((await sendLogs(server.url, wrong, log)).status).toBe(401);
    }
    const query = `type=keys.signature_invalid&actor=${key}`;
    const first = async () => (await list(query)).items.at(-1);
    await expect.poll(first).toMatchObject({
      severity: 'medium',
      source: 'platform',
      title: 'Wrong signature or token of a key',
      ip: '127.0.0.1',
      target: '/v1/logs',
      attributes: { kind: 'signed' },
      occurrences: 1,
    });
    expect((await list(query)).items.length - 1).toBeLessThanOrEqual(minutesSince(begunMs));
  });

  it('a sender whose clock is wrong is told so', async () => {
    const { key, secret } = await createApiKey(server, 'signed');
    const headers = signHeaders({ orgKey: key, orgSecret: secret }, '{}', Date.now() - 3_600_000);
    expect((await fetch(`${server.url}/v1/logs`, { method: 'POST', headers, body: '{}' })).status).toBe(401);
    const [event] = await found(`type=keys.signature_invalid&actor=${key}`, 1);
    expect(event?.message).toContain('its timestamp is more than five minutes off');
  });

  it('a revoked key, a foreign origin, an ingest token that would read, a query token that is wrong', async () => {
    const revoked = await createApiKey(server, 'signed');
    const headers = { authorization: `Bearer ${api.accessToken}` };
    await fetch(`${server.url}/apikeys/${revoked.id}`, { method: 'DELETE', headers });
    await sendLogs(server.url, { orgKey: revoked.key, orgSecret: revoked.secret }, []);
    await found(`type=keys.revoked_used&actor=${revoked.key}`, 1);
    const browser = await createApiKey(server, 'browser', { origins: ['https://shop.example'] });
    const foreign = { 'x-org-key': browser.key, origin: 'https://evil.example' };
    await fetch(`${server.url}/v1/rum`, { method: 'POST', headers: foreign, body: '{}' });
    const [refused] = await found(`type=keys.origin_refused&actor=${browser.key}`, 1);
    expect(refused?.attributes).toEqual({ kind: 'browser', origin: 'https://evil.example' });
    const ask = (token: string) =>
      fetch(`${server.url}/query/traces/search`, { method: 'POST', headers: { authorization: `Bearer ${token}` } });
    const token = await createApiKey(server, 'token');
    expect((await ask(token.secret)).status).toBe(403);
    await found(`type=keys.scope_refused&actor=${token.key}`, 1);
    const query = await createApiKey(server, 'query');
    expect((await ask(`${query.secret.slice(0, -4)}aaaa`)).status).toBe(401);
    await found(`type=keys.signature_invalid&actor=${query.key}`, 1);
  });

  it('an expired key; one that nobody has is counted only', async () => {
    const { key, secret } = await createApiKey(server, 'token');
    // It has not been used yet, so that no process remembers it.
    await runSql(databaseUrl, "UPDATE api_keys SET expires_at = now() - interval '1 second' WHERE id = $1", [key]);
    const headers = { authorization: `Bearer ${secret}`, 'content-type': 'application/json' };
    const used = await fetch(`${server.url}/v1/logs`, { method: 'POST', headers, body: '{"logs":[]}' });
    expect(used.status).toBe(401);
    await found(`type=keys.expired_used&actor=${key}`, 1);
    const unknown = async () =>
      Number(/^aegis_ingest_unknown_keys_total (\d+)$/m.exec(await (await fetch(`${server.url}/metrics`)).text())?.[1]);
    const before = await unknown();
    await sendLogs(server.url, { orgKey: 'nobody-has-this-key', orgSecret: 'x' }, []);
    expect(await unknown()).toBe(before + 1);
  });
});

describe('another organization', () => {
  it('sees nothing of them', async () => {
    expect((await list('limit=1000')).items.length).toBeGreaterThan(10);
    expect(await list('', b)).toMatchObject({ items: [], nextCursor: null });
    const answer = await b.get('/events/trend');
    expect(await answer.json()).toMatchObject({ total: 0, severities: [], topTypes: [], topActors: [] });
    const headers = { authorization: `Bearer ${b.accessToken}`, 'x-org-id': orgA };
    for (const path of ['/events', '/events/trend']) {
      expect((await fetch(`${server.url}${path}`, { headers })).status).toBe(403);
    }
    const { nextCursor } = await list('limit=1');
    const stolen = await b.get(`/events?limit=1&cursor=${nextCursor}`);
    expect([stolen.status, await stolen.json()]).toMatchObject([400, { code: 'invalid-cursor' }]);
  });

  it('nor does a query token, an ingest key or nobody', async () => {
    const query = await createApiKey(server, 'query');
    for (const path of ['/events', '/events/trend']) {
      const ask = async (headers: Record<string, string>) => (await fetch(`${server.url}${path}`, { headers })).status;
      expect(await ask({})).toBe(401);
      expect(await ask({ authorization: `Bearer ${query.secret}` })).toBe(403);
      expect(await ask(signHeaders(server, ''))).toBe(403);
    }
  });
});

it('a question that is none is 400', async () => {
  for (const query of ['limit=0', 'limit=1001', 'severity=loud', 'source=mine', 'start=nonsense', 'cursor=x', 'x=1']) {
    expect((await api.get(`/events?${query}`)).status, query).toBe(400);
  }
  expect((await api.get('/events/trend?steps=0')).status).toBe(400);
  expect((await api.get('/events/trend?start=now&end=now-1h')).status).toBe(400);
});

it('what a flood has come to is told, also when the server ends meanwhile', async () => {
  const { key } = await createApiKey(server, 'signed');
  const begunMs = performance.now();
  for (let n = 0; n < 20; n += 1) {
    await sendLogs(server.url, { orgKey: key, orgSecret: 'not the secret of this key' }, []);
  }
  expect(await server.stop()).toBe(0);
  server = await start();
  api = await signIn(server.url, server.adminEmail, server.adminPassword);
  const query = `type=keys.signature_invalid&actor=${key}`;
  const occurrences = (events: readonly SecurityEventView[]) =>
    events.reduce((sum, event) => sum + event.occurrences, 0);
  await expect.poll(async () => occurrences((await list(query)).items)).toBe(20);
  const [first, ...folded] = (await list(query)).items.toReversed();
  expect(first?.occurrences).toBe(1);
  expect(folded.length - 1).toBeLessThanOrEqual(minutesSince(begunMs));
  for (const event of folded) {
    expect(event.attributes).toEqual({ kind: 'signed', count: event.occurrences });
  }
  expect(await trend(query)).toMatchObject({ total: 20, topActors: [{ actor: key, count: 20 }] });
});

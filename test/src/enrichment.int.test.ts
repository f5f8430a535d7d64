import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sendLogs, signIn, startServer, type TestServer, writeMmdb } from '@aegisguard/testkit';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';

// What the normalizer adds to records, and what it keeps from being stored twice.

const PHONE =
  'Mozilla/5.0 (iPhone; CPU iPhone OS 18_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.5 Mobile/15E148 Safari/604.1';
const LONDON = { country_code: 'GB', state1: 'England', city: 'London', latitude: 51.5142, longitude: -0.0931 };

let folder: string;
let server: TestServer;
let api: Awaited<ReturnType<typeof signIn>>;

interface FoundLog {
  readonly message: string;
  readonly attributes: Record<string, unknown>;
  readonly geo?: Record<string, unknown>;
  readonly userAgent?: Record<string, unknown>;
}

async function start(): Promise<void> {
  server = await startServer({
    dataDir: join(folder, 'data'),
    env: { AEGIS_GEOIP_DB: join(folder, 'city.mmdb'), AEGIS_TRUST_PROXY: '127.0.0.1' },
  });
  api = await signIn(server.url, server.adminEmail, server.adminPassword);
}

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'aegis-enrichment-'));
  await writeFile(join(folder, 'city.mmdb'), writeMmdb({ '81.2.69.0/24': LONDON }));
  await start();
});

afterAll(async () => {
  await server.stop();
  await rm(folder, { recursive: true, force: true });
});

async function search(query: string): Promise<FoundLog[]> {
  const answer = await api.post('/query/logs/search', { query });
  expect(answer.status).toBe(200);
  return ((await answer.json()) as { logs: FoundLog[] }).logs;
}

it('says where the client of a log is and what it is, and both can be asked for', async () => {
  const attributes = { 'client.address': '81.2.69.142', 'user_agent.original': PHONE };
  await sendLogs(server.url, server, [
    { service: 'edge', message: 'from a phone', attributes },
    { service: 'edge', message: 'from inside', attributes: { 'client.address': '10.1.2.3' } },
  ]);
  const [log] = await vi.waitFor(async () => {
    const found = await search('{service="edge", geo_country="GB", user_agent_device_type="mobile"}');
    expect(found).toHaveLength(1);
    return found;
  }, 60_000);
  expect(log).toMatchObject({
    message: 'from a phone',
    attributes: { 'client.address': '81.2.69.0', 'user_agent.original': PHONE },
    geo: { country: 'GB', countryName: 'United Kingdom', city: 'London', timeZone: 'Europe/London' },
    userAgent: { browser: 'Mobile Safari', os: 'iOS', deviceType: 'mobile' },
  });
  const [inside] = await search('{service="edge"} |= "inside"');
  expect(inside?.attributes).toEqual({ 'client.address': '10.1.2.3' });
  expect(inside?.geo).toBeUndefined();
});

it('takes the address and the browser of a session from the request, and keeps the address truncated', async () => {
  const created = await api.post('/apikeys', { name: 'shop', kind: 'browser', origins: ['https://shop.example'] });
  const { key } = (await created.json()) as { key: string };
  const body = { application: 'shop', sessionId: 'session-1', events: [{ type: 'view', timestamp: Date.now() }] };
  const answer = await fetch(`${server.url}/v1/rum`, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      'user-agent': PHONE,
      'sec-ch-ua-model': '"Pixel 9"',
      'x-forwarded-for': '81.2.69.142',
      'x-org-key': key,
      origin: 'https://shop.example',
    },
    body: JSON.stringify(body),
  });
  expect(answer.status).toBe(202);
  const event = await vi.waitFor(async () => {
    const session = await api.get('/query/rum/sessions/session-1');
    expect(session.status).toBe(200);
    const { events } = (await session.json()) as { events: FoundLog[] };
    return events[0];
  }, 60_000);
  expect(event).toMatchObject({
    attributes: { 'client.address': '81.2.69.0' },
    geo: { city: 'London' },
    userAgent: { os: 'iOS', deviceModel: 'Pixel 9' },
  });
});

it('stores what a client sends again under the same ids once, also over a restart, and says so', async () => {
  const log = (n: number) => ({ service: 'once', message: `event ${n}`, ingestId: `event-${n}` });
  const messages = async () => (await search('{service="once"}')).map(({ message }) => message).sort();
  await sendLogs(server.url, server, [log(1), log(2), log(1)]);
  await vi.waitFor(async () => expect(await messages()).toEqual(['event 1', 'event 2']), 60_000);
  await server.stop();
  await start();
  await sendLogs(server.url, server, [log(2), log(1), log(3)]);
  await sendLogs(server.url, server, [log(3), log(4)]);
  await vi.waitFor(async () => expect(await messages()).toEqual(['event 1', 'event 2', 'event 3', 'event 4']), 60_000);
  const duplicates = async () => {
    const { rows } = (await (await api.get('/ingest/counts')).json()) as {
      rows: { outcome: string; records: number[] }[];
    };
    const ofDuplicates = rows.filter(({ outcome }) => outcome === 'duplicate');
    return ofDuplicates.flatMap(({ records }) => records).reduce((sum, count) => sum + count, 0);
  };
  await vi.waitFor(async () => expect(await duplicates()).toBe(4), { timeout: 60_000, interval: 500 });
});

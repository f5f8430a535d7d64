import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createApiKey, freePort, signHeaders, signIn, startServer, type TestServer } from '@aegisguard/testkit';
import { Client, credentials, Metadata, type ServiceError } from '@grpc/grpc-js';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { plantedBodies, plantedTraceId } from './wire/planted-bodies.ts';
import { plantedSecrets } from './wire/planted-secrets.ts';
import { refusedBodies } from './wire/refused-bodies.ts';

// What was sent may be private: no answer and nothing that the program prints says it again, and what was taken is stored without it.

const SECRET = 'zebulon.quagmire+tag@planted-example.com';
/** A part that is in no other text of these tests, nor in any id. */
const NEEDLE = /zebulon|quagmire/i;

let dataDir: string;
let server: TestServer;
let grpc: string;
let token: string;
let rumKey: string;

beforeAll(async () => {
  const port = await freePort();
  grpc = `127.0.0.1:${port}`;
  dataDir = await mkdtemp(join(tmpdir(), 'aegis-privacy-'));
  server = await startServer({ dataDir, env: { AEGIS_LOG_LEVEL: 'trace', AEGIS_OTLP_GRPC_PORT: String(port) } });
  token = (await createApiKey(server, 'token')).secret;
  rumKey = (await createApiKey(server, 'browser', { scopes: ['rum:write'], origins: ['https://shop.example'] })).key;
});

afterAll(async () => {
  await server.stop();
  await rm(dataDir, { recursive: true, force: true });
});

async function told(answer: Response): Promise<string> {
  const text = Buffer.from(await answer.arrayBuffer()).toString('latin1');
  return `${answer.status} ${JSON.stringify([...answer.headers])} ${text}`;
}

it('bodies that cannot be taken, in every protocol', async () => {
  const bodies = refusedBodies(SECRET, Date.now());
  expect(bodies.length).toBeGreaterThan(70);
  for (const { path, headers, body } of bodies) {
    const answer = await fetch(`${server.url}${path}`, {
      method: 'POST',
      headers: { ...headers, ...signHeaders(server, body), 'x-idempotency-key': `${SECRET}${Math.random()}` },
      body: new Uint8Array(body),
    });
    const text = await told(answer);
    expect(answer.status, text).not.toBe(500);
    expect(text, body.toString('latin1').slice(0, 300)).not.toMatch(NEEDLE);
  }
  // The log tells of refusals, so it could have told more.
  expect(server.output()).toContain('"code":"invalid-json"');
  expect(server.output()).not.toMatch(NEEDLE);
});

it('messages over gRPC', async () => {
  const client = new Client(grpc, credentials.createInsecure());
  const metadata = new Metadata();
  metadata.set('authorization', `Bearer ${token}`);
  const bytes = (value: Buffer) => value;
  const send = (service: string, body: Buffer): Promise<ServiceError | Buffer> =>
    new Promise((resolve) => {
      client.makeUnaryRequest<Buffer, Buffer>(
        `/opentelemetry.proto.collector.${service}/Export`,
        bytes,
        bytes,
        body,
        metadata,
        (error, answer) => resolve(error ?? answer ?? Buffer.alloc(0)),
      );
    });
  const bodies = refusedBodies(SECRET, Date.now()).filter(({ headers }) =>
    /protobuf$/.test(headers['content-type'] ?? ''),
  );
  expect(bodies.length).toBeGreaterThan(10);
  let refused = 0;
  for (const { body } of bodies) {
    for (const service of ['logs.v1.LogsService', 'trace.v1.TraceService', 'metrics.v1.MetricsService']) {
      const answer = await send(service, body);
      refused += Number(answer instanceof Error);
      const text = Buffer.isBuffer(answer)
        ? answer.toString('latin1')
        : JSON.stringify([answer.details, answer.message, answer.metadata.getMap()], (_, value: unknown) =>
            value instanceof Uint8Array ? Buffer.from(value).toString('latin1') : value,
          );
      expect(text).not.toMatch(NEEDLE);
    }
  }
  client.close();
  expect(refused).toBeGreaterThan(10);
  expect(server.output()).not.toMatch(NEEDLE);
});

describe('addresses, headers and the bodies of other routes', () => {
  it('are not told again', async () => {
    const secret = encodeURIComponent(SECRET);
    const json = { 'content-type': 'application/json' };
    const requests: [path: string, init: RequestInit][] = [
      [`/v1/rum?key=${secret}`, { method: 'POST', headers: { origin: 'https://shop.example' }, body: '{}' }],
      [
        `/v1/rum?key=${rumKey}&user=${secret}`,
        { method: 'POST', headers: { origin: `https://${secret}.example` }, body: '{}' },
      ],
      [`/v1/${secret}`, { method: 'POST' }],
      [`/${secret}?q=${secret}`, { method: 'GET' }],
      [`/v1/logs?q=${secret}`, { method: 'GET' }],
      ['/v1/logs', { method: 'POST', headers: { 'x-org-key': SECRET, 'x-signature': SECRET }, body: SECRET }],
      ['/v1/logs', { method: 'POST', headers: { authorization: `Bearer ${SECRET}` }, body: SECRET }],
      ['/v1/logs', { method: 'POST', headers: { ...signHeaders(server, '{}'), 'content-type': SECRET }, body: '{}' }],
      [
        '/v1/logs',
        { method: 'POST', headers: { ...signHeaders(server, '{}'), 'content-encoding': SECRET }, body: '{}' },
      ],
      ['/auth/login', { method: 'POST', headers: json, body: `{"email":"${SECRET}","password":${SECRET}` }],
      ['/auth/login', { method: 'POST', headers: json, body: JSON.stringify({ email: SECRET, password: SECRET }) }],
    ];
    for (const [path, init] of requests) {
      expect(await told(await fetch(`${server.url}${path}`, init)), path).not.toMatch(NEEDLE);
    }
    expect(server.output()).not.toMatch(NEEDLE);
  });

  it('nor is a text whose treatment is tried, beside its answer', async () => {
    const api = await signIn(server.url, server.adminEmail, server.adminPassword);
    const path = '/organization/privacy/preview';
    expect((await api.post(path, { text: SECRET })).status).toBe(200);
    for (const body of [{ text: { a: SECRET } }, { text: SECRET, field: [SECRET] }, { text: SECRET, policy: SECRET }]) {
      expect(await told(await api.post(path, body))).not.toMatch(NEEDLE);
    }
    expect(server.output()).not.toMatch(NEEDLE);
  });
});

describe('what was taken', () => {
  const secrets = plantedSecrets();
  const needles = secrets.flatMap((secret) => secret.needles);
  const foundIn = (text: string) => needles.filter((needle) => text.includes(needle));

  it('is read back without anything private, by every query', async () => {
    const bodies = plantedBodies(secrets, Date.now());
    for (const { path, headers, body } of bodies) {
      const answer = await fetch(`${server.url}${path}`, {
        method: 'POST',
        headers: { ...headers, ...signHeaders(server, body) },
        body: new Uint8Array(body),
      });
      expect(answer.status, `${path} ${await answer.clone().text()}`).toBeLessThan(300);
    }
    await drained();
    const { logs, traces, session, metrics, events } = await readEverything();
    expect(logs.match(/"id":/g)?.length).toBeGreaterThanOrEqual(recordsOf(bodies, /logs|loki/));
    expect(traces.match(/"spanId":/g)?.length).toBeGreaterThanOrEqual(recordsOf(bodies, /traces/));
    expect(session.match(/"viewId":/g)?.length).toBe(secrets.length);
    expect(metrics.match(/"__name__":/g)?.length).toBe(recordsOf(bodies, /metrics|write/));
    expect(events.match(/"severity":/g)?.length).toBe(secrets.length);
    const answers = { logs, traces, session, metrics, events };
    const found = Object.entries(answers).map(([name, text]) => [name, foundIn(text)]);
    expect(found).toEqual(Object.keys(answers).map((name) => [name, []]));
    const unmarked = Object.entries(answers).filter(([, text]) => !text.includes('[REDACTED:'));
    expect(unmarked.map(([name]) => name)).toEqual([]);
  });

  it('is told of: which detector found how much where', async () => {
    const api = await signIn(server.url, server.adminEmail, server.adminPassword);
    const text = await vi.waitFor(async () => {
      const found = await (await api.get('/privacy/findings')).text();
      const { rows } = JSON.parse(found) as { rows: { detector: string; signal: string; total: number }[] };
      const detectors = new Set(rows.map(({ detector }) => detector));
      expect(secrets.map(({ detector }) => detector).filter((detector) => !detectors.has(detector))).toEqual([]);
      expect(new Set(rows.map(({ signal }) => signal)).size).toBe(5);
      expect(rows.every(({ total }) => total > 0)).toBe(true);
      return found;
    }, 60_000);
    expect(foundIn(text)).toEqual([]);
    expect(await (await api.get('/dead-letters')).json()).toEqual({ items: [], nextCursor: null });
  });

  it('lies nowhere in the data directory, and was not printed', async () => {
    await server.stop();
    expect(foundIn(server.output())).toEqual([]);
    const files = (await readdir(dataDir, { recursive: true, withFileTypes: true })).filter((entry) => entry.isFile());
    expect(files.length).toBeGreaterThan(500);
    const sought = needles.map((needle) => Buffer.from(needle));
    const found: string[] = [];
    for (const { name, parentPath } of files) {
      const bytes = await readFile(join(parentPath, name));
      const inside = sought.filter((needle) => bytes.includes(needle));
      if (inside.length > 0) {
        found.push(`${join(parentPath, name)} has ${inside.length}, among them ${inside[0]}`);
      }
    }
    expect(found).toEqual([]);
  });
});

function recordsOf(bodies: readonly { readonly path: string; readonly records: number }[], paths: RegExp): number {
  return bodies.filter(({ path }) => paths.test(path)).reduce((sum, { records }) => sum + records, 0);
}

/** Until everything that was accepted is stored. */
async function drained(): Promise<void> {
  await vi.waitFor(async () => {
    const text = await (await fetch(`${server.url}/metrics`)).text();
    const depths = [...text.matchAll(/^aegis_queue_depth_messages\{.*\} (\d+)$/gm)].map(([, depth]) => Number(depth));
    expect(depths).toEqual([0, 0, 0, 0, 0]);
  }, 60_000);
}

/** The answers that hold every record of the organization. */
async function readEverything() {
  const api = await signIn(server.url, server.adminEmail, server.adminPassword);
  const text = async (answer: Promise<Response>) => (await answer).text();
  const traces = (['native', 'json', 'protobuf'] as const).map((protocol) =>
    text(api.get(`/query/traces/${plantedTraceId(protocol)}`)),
  );
  return {
    logs: await text(api.post('/query/logs/search', { query: '{}', limit: 5000, start: 'now-7d', end: 'now+7d' })),
    traces: (await Promise.all([...traces, text(api.post('/query/traces/search', { limit: 1000 }))])).join(),
    session: await text(api.get('/query/rum/sessions/planted')),
    events: await text(api.get('/events?type=planted&limit=1000')),
    metrics: await text(api.post('/query/metrics', { query: '{__name__=~"planted.+"}' })),
  };
}

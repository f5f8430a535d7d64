import { readFile } from 'node:fs/promises';
import { connect, type Socket } from 'node:net';
import zlib from 'node:zlib';
import { createApiKey, protobufMessage, sendLogs, startServer, type TestServer } from '@aegisguard/testkit';
import { compressSync } from 'snappy';
import { afterAll, beforeAll, expect, it } from 'vitest';

// What nobody sends by mistake: bombs and bodies of depth, at the default limits.

const GIB = 1024 ** 3;
const MEMBER = zlib.gzipSync(Buffer.alloc(64 * 1024 ** 2));
/** Members of a gzip file follow one another, so that ten gigabytes need not be compressed for it. */
const BOMB = Buffer.concat(Array.from({ length: (10 * GIB) / (64 * 1024 ** 2) }, () => MEMBER));
const PROTOBUF = 'application/x-protobuf';
let server: TestServer;
let token: string;

beforeAll(async () => {
  server = await startServer();
  token = (await createApiKey(server, 'token')).secret;
});

afterAll(async () => {
  await server.stop();
});

function post(path: string, body: Uint8Array, headers: Record<string, string> = {}): Promise<Response> {
  return fetch(`${server.url}${path}`, {
    method: 'POST',
    headers: { authorization: `Bearer ${token}`, ...headers },
    body: new Uint8Array(body),
  });
}

async function rssKib(): Promise<number> {
  return Number(/VmHWM:\s+(\d+)/.exec(await readFile(`/proc/${await server.serverPid()}/status`, 'utf8'))?.[1]);
}

/** What the server worked, in hundredths: the clock on the wall would also measure what else the machine does. */
async function cpuSeconds(): Promise<number> {
  const stat = await readFile(`/proc/${await server.serverPid()}/stat`, 'utf8');
  const [user, system] = stat
    .slice(stat.lastIndexOf(')') + 2)
    .split(' ')
    .slice(11, 13);
  return (Number(user) + Number(system)) / 100;
}

it.each(['/v1/logs', '/v1/traces', '/v1/metrics', '/loki/api/v1/push'])(
  'ten gigabytes in ten megabytes to %s: 413 within a second of CPU time, in little memory',
  async (path) => {
    // Code that ran once, sockets that are open.
    await post(path, zlib.gzipSync(Buffer.alloc(20_000_000)), { 'content-encoding': 'gzip' });
    const before = await rssKib();
    const startedSeconds = await cpuSeconds();
    const answer = await post(path, BOMB, { 'content-encoding': 'gzip' });
    expect(answer.status).toBe(413);
    await answer.text();
    expect((await cpuSeconds()) - startedSeconds).toBeLessThan(1);
    expect((await rssKib()) - before).toBeLessThan(100_000);
  },
);

/** What nine in ten answers of the server's health take at most, until something is over. */
async function healthMs(isOver: (answers: number) => boolean): Promise<number> {
  const waitsMs: number[] = [];
  while (!isOver(waitsMs.length)) {
    const startedMs = performance.now();
    expect((await fetch(`${server.url}/health`)).status).toBe(200);
    waitsMs.push(performance.now() - startedMs);
  }
  waitsMs.sort((one, other) => one - other);
  return waitsMs[Math.floor(waitsMs.length * 0.9)] ?? 0;
}

it('health answers while bombs go off, nearly as soon as before', async () => {
  // What the machine does besides keeps these waiting, too.
  const beforeMs = await healthMs((answers) => answers === 100);
  const bombs = Array.from({ length: 12 }, () => post('/v1/logs', BOMB, { 'content-encoding': 'gzip' }));
  let isDone = false;
  const all = Promise.all(bombs).finally(() => {
    isDone = true;
  });
  expect(await healthMs(() => isDone)).toBeLessThan(500 + 3 * beforeMs);
  const statuses = (await all).map(({ status }) => status);
  expect(statuses.filter((status) => status !== 413 && status !== 503)).toEqual([]);
});

/** Begins a request that is signed in the name of no key and never ends; resolves when nearly all of `bytes` was taken off the connection. */
function beginUpload(declared: number, bytes: number): Promise<Socket> {
  const { hostname, port } = new URL(server.url);
  const head = ['POST /v1/logs HTTP/1.1', 'Host: x', 'X-Org-Key: nobody-knows-me', `Content-Length: ${declared}`];
  const signature = `X-Signature: sha256=${'0'.repeat(64)}`;
  return new Promise((resolve, reject) => {
    const socket = connect(Number(port), hostname);
    socket.once('error', reject);
    socket.write(`${[...head, signature].join('\r\n')}\r\n\r\n`);
    socket.write(Buffer.alloc(bytes), () => resolve(socket));
  });
}

it('uploads without end in the name of no key keep nobody out', async () => {
  const uploads = await Promise.all(Array.from({ length: 12 }, () => beginUpload(32 * 1024 ** 2, 24 * 1024 ** 2)));
  try {
    expect((await sendLogs(server.url, server, [{ service: 'a', message: 'in' }])).status).toBe(202);
  } finally {
    for (const socket of uploads) {
      socket.destroy();
    }
  }
});

const DEEP = 200_000;
const nested = (times: number) => {
  let value = protobufMessage({ 1: 'x' });
  for (let n = 0; n < times; n += 1) {
    value = protobufMessage({ 5: protobufMessage({ 1: value }) });
  }
  return value;
};

it.each<[string, string, Uint8Array, Record<string, string>]>([
  ['brackets', '/v1/logs', Buffer.from('['.repeat(DEEP)), {}],
  ['nested OTLP', '/v1/logs', Buffer.from(`{"resourceLogs":${'[{"scopeLogs":'.repeat(DEEP)}`), {}],
  [
    'nested OTLP values',
    '/v1/traces',
    protobufMessage({ 1: protobufMessage({ 2: protobufMessage({ 2: nested(2000) }) }) }),
    { 'content-type': PROTOBUF },
  ],
  ['zeros', '/v1/logs', Buffer.alloc(1_000_000), { 'content-type': PROTOBUF }],
  ['zeros as JSON', '/v1/metrics', Buffer.alloc(1_000_000), {}],
  ['empty messages', '/v1/logs', Buffer.from('0a00'.repeat(500_000), 'hex'), { 'content-type': PROTOBUF }],
  ['snappy zeros', '/api/v1/write', compressSync(Buffer.alloc(10_000_000)), { 'content-type': PROTOBUF }],
  [
    'empty series',
    '/api/v1/write',
    compressSync(Buffer.from('0a00'.repeat(500_000), 'hex')),
    { 'content-type': PROTOBUF },
  ],
  ['RUM of strings', '/v1/rum', Buffer.from(`{"events":[${'"",'.repeat(DEEP)}""]}`), {}],
  ['a JSON key a million times', '/loki/api/v1/push', Buffer.from(`{${'"streams":[],'.repeat(100_000)}"a":1}`), {}],
])('%s: no 5xx', async (_, path, body, headers) => {
  const answer = await post(path, body, headers);
  expect(answer.status, await answer.text()).toBeLessThan(500);
});

import { createServer } from 'node:net';
import zlib from 'node:zlib';
import {
  createApiKey,
  freePort,
  type JoinedServer,
  joinServer,
  protobufMessage,
  SHARED_BODY_BYTES_MAX,
  signIn,
  startServer,
  type TestServer,
} from '@aegisguard/testkit';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

// OTLP over HTTP on the main port and on its own, as the contract and https://opentelemetry.io/docs/specs/otlp/#otlphttp have it.

const PROTOBUF = 'application/x-protobuf';
let server: JoinedServer;
let token: string;
let otlpUrl: string;

beforeAll(async () => {
  server = await joinServer();
  otlpUrl = server.otlpHttpUrl;
  token = (await createApiKey(server, 'token')).secret;
});

afterAll(async () => {
  await server.leave();
});

const nanos = () => BigInt(Date.now()) * 1_000_000n;
const logRecord = (text: string) => protobufMessage({ 1: nanos(), 5: protobufMessage({ 1: text }) });
/** ExportLogsServiceRequest of one resource and scope. */
const protobufLogs = (...records: Buffer[]) =>
  protobufMessage({ 1: protobufMessage({ 2: protobufMessage({ 2: records }) }) });
const jsonLogs = (texts: readonly string[], change: object = {}) =>
  JSON.stringify({
    resourceLogs: [
      {
        scopeLogs: [
          {
            logRecords: texts.map((text) => ({
              timeUnixNano: String(nanos()),
              body: { stringValue: text },
              ...change,
            })),
          },
        ],
      },
    ],
  });

function post(body: string | Uint8Array, headers: Record<string, string> = {}, path = '/v1/logs', url = server.url) {
  return fetch(`${url}${path}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: `Bearer ${token}`, ...headers },
    body: typeof body === 'string' ? body : new Uint8Array(body),
  });
}

async function acceptedLogs(): Promise<number> {
  const metrics = await (await fetch(`${server.url}/metrics`)).text();
  const counter = /^aegis_ingest_records_total\{signal="logs",protocol="otlp-http",outcome="accepted"\} (\d+)$/m;
  return Number(counter.exec(metrics)?.[1] ?? 0);
}

const bytesOf = async (answer: Response) => Buffer.from(await answer.arrayBuffer());

describe('taken', () => {
  it('an empty response in the request’s own content type', async () => {
    const json = await post(jsonLogs(['one', 'two']));
    expect([json.status, json.headers.get('content-type'), await json.json()]).toEqual([200, 'application/json', {}]);
    const protobuf = await post(protobufLogs(logRecord('one')), { 'content-type': PROTOBUF });
    expect([protobuf.status, protobuf.headers.get('content-type')]).toEqual([200, PROTOBUF]);
    expect(await bytesOf(protobuf)).toHaveLength(0);
  });

  it('traces, and an empty request', async () => {
    const span = {
      traceId: 'ab'.repeat(16),
      spanId: 'cd'.repeat(8),
      name: 'GET /',
      startTimeUnixNano: String(nanos()),
      endTimeUnixNano: String(nanos() + 1000n),
    };
    const body = JSON.stringify({ resourceSpans: [{ scopeSpans: [{ spans: [span] }] }] });
    expect((await post(body, {}, '/v1/traces')).status).toBe(200);
    expect((await post(Buffer.alloc(0), { 'content-type': PROTOBUF }, '/v1/traces')).status).toBe(200);
  });

  it.each([
    ['gzip', zlib.gzipSync],
    ['zstd', zlib.zstdCompressSync],
  ])('compressed with %s', async (encoding, compress) => {
    const headers = { 'content-type': PROTOBUF, 'content-encoding': encoding };
    expect((await post(compress(protobufLogs(logRecord('packed'))), headers)).status).toBe(200);
  });

  it('Basic with the key’s id and the token', async () => {
    const key = await createApiKey(server, 'token', { scopes: ['logs:write'] });
    const basic = Buffer.from(`${key.id}:${key.secret}`).toString('base64');
    expect((await post(jsonLogs(['x']), { authorization: `Basic ${basic}` })).status).toBe(200);
  });

  it('repeated with its idempotency key: the same bytes again', async () => {
    const headers = { 'content-type': PROTOBUF, 'x-idempotency-key': `otlp-${Date.now()}` };
    const body = protobufLogs(logRecord('once'), protobufMessage({ 9: 'short' }));
    const [first, again] = [await post(body, headers), await post(body, headers)];
    expect(first.headers.get('idempotency-replayed')).toBeNull();
    expect(again.headers.get('idempotency-replayed')).toBe('true');
    expect([again.status, again.headers.get('content-type')]).toEqual([200, PROTOBUF]);
    expect(await bytesOf(again)).toEqual(await bytesOf(first));
  });

  it('a body that is judged in a thread', async () => {
    const own = await joinServer();
    const authorization = `Bearer ${(await createApiKey(own, 'token')).secret}`;
    const before = await acceptedLogs();
    const body = jsonLogs(Array.from({ length: 3000 }, (_, n) => `${n} ${'x'.repeat(1000)}`));
    expect(body.length).toBeGreaterThan(2 * 1024 ** 2);
    const answer = await post(body, { authorization });
    expect([answer.status, await answer.json()]).toEqual([200, {}]);
    expect((await post(`${body} x`, { authorization })).status).toBe(400);
    // Of all who send to this server.
    expect((await acceptedLogs()) - before).toBeGreaterThanOrEqual(3000);
    const api = await signIn(own.url, own.adminEmail, own.adminPassword);
    const total = async () => (await api.post('/query/logs/histogram', { query: '{}' })).json();
    await expect.poll(total).toMatchObject({ total: 3000 });
  });
});

describe('partly and wholly refused', () => {
  const bad = { traceId: 'abcd' };

  it('is a partial success that counts and says why, even when it is all', async () => {
    const some = await post(
      JSON.stringify({
        resourceLogs: [{ scopeLogs: [{ logRecords: [{ body: { stringValue: 'fine' } }, bad, bad] }] }],
      }),
    );
    expect(some.status).toBe(200);
    expect(await some.json()).toEqual({
      partialSuccess: { rejectedLogRecords: '2', errorMessage: expect.stringContaining('2 of 3 records were refused') },
    });
    const all = await post(jsonLogs(['x', 'y'], bad));
    expect(all.status).toBe(200);
    expect(await all.json()).toMatchObject({ partialSuccess: { rejectedLogRecords: '2' } });
  });
});

describe('refused', () => {
  it.each([
    ['undecodable protobuf', Buffer.from([0xff, 0xff]), 400, {}],
    ['not gzip', protobufLogs(logRecord('x')), 400, { 'content-encoding': 'gzip' }],
    ['an unknown encoding', protobufLogs(logRecord('x')), 415, { 'content-encoding': 'compress' }],
    ['a wrong token', protobufLogs(logRecord('x')), 401, { authorization: 'Bearer nonsense' }],
    ['too many bytes', Buffer.alloc(SHARED_BODY_BYTES_MAX + 1), 413, {}],
    ['a bomb', zlib.gzipSync(Buffer.alloc(64 * 1024 ** 2)), 413, { 'content-encoding': 'gzip' }],
  ])('%s: a Status in protobuf', async (_, body, status, headers) => {
    const answer = await post(body, { 'content-type': PROTOBUF, ...headers });
    expect([answer.status, answer.headers.get('content-type')]).toEqual([status, PROTOBUF]);
    // google.rpc.Status begins with its code, a varint in field 1.
    expect((await bytesOf(answer))[0]).toBe(0x08);
  });

  it('JSON that is OTLP’s but not valid: a Status in JSON', async () => {
    const answer = await post('{"resourceLogs": [7');
    expect([answer.status, answer.headers.get('content-type')]).toEqual([400, 'application/json']);
    expect(await answer.json()).toMatchObject({ code: 3, message: expect.any(String) });
  });

  it('a right token without the scope is 403, a query token too, a revoked one 401', async () => {
    const narrow = await createApiKey(server, 'token', { scopes: ['traces:write'] });
    const query = await createApiKey(server, 'query');
    for (const { secret } of [narrow, query]) {
      expect((await post(jsonLogs(['x']), { authorization: `Bearer ${secret}` })).status).toBe(403);
    }
  });
});

describe('OTLP’s own port', () => {
  const send = (body: string | Uint8Array, headers: Record<string, string> = {}, path = '/v1/logs') =>
    post(body, headers, path, otlpUrl);

  it('takes OTLP, and an empty object as OTLP’s', async () => {
    expect((await send(jsonLogs(['x']))).status).toBe(200);
    expect((await send(protobufLogs(logRecord('x')), { 'content-type': PROTOBUF })).status).toBe(200);
    expect((await send('{ }')).status).toBe(200);
  });

  it('takes native bodies, too, rather than drop them in silence', async () => {
    const answer = await send('{"logs":[{"service":"a","message":"b"}]}');
    expect([answer.status, await answer.json()]).toMatchObject([202, { accepted: 1 }]);
  });

  it.each([
    ['a wrong token', '/v1/logs', { authorization: 'Bearer x' }, 401, 16],
    ['a media type', '/v1/logs', { 'content-type': 'text/plain' }, 415, 3],
    ['another path', '/v1/rum', {}, 404, 5],
    ['a path that is none', '/v1/%zz', {}, 400, 3],
  ])('%s: a Status', async (_, path, headers, status, code) => {
    const answer = await send('{}', headers, path);
    expect([answer.status, answer.headers.get('content-type'), await answer.json()]).toEqual([
      status,
      'application/json',
      { code, message: expect.any(String) },
    ]);
  });

  it('has nothing else', async () => {
    expect((await fetch(`${otlpUrl}/health`)).status).toBe(404);
  });
});

describe('methods other than POST', () => {
  it.each(['GET', 'HEAD', 'PUT', 'DELETE', 'OPTIONS'])('%s is 405, in the words of the port', async (method) => {
    const headers = { accept: 'text/html' };
    for (const path of ['/v1/logs', '/api/v1/write', '/loki/api/v1/push']) {
      const answer = await fetch(`${server.url}${path}`, { method, headers });
      expect([path, answer.status, answer.headers.get('allow')]).toEqual([path, 405, 'POST']);
      expect(answer.headers.get('content-type')).toContain('application/problem+json');
    }
    const answer = await fetch(`${otlpUrl}/v1/logs`, { method, headers });
    expect([answer.status, answer.headers.get('allow')]).toEqual([405, 'POST']);
    expect(await answer.text()).toMatch(method === 'HEAD' ? /^$/ : /^\{"code":12,/);
  });
});

describe('ports that are taken', () => {
  it('are a warning and no end of the start, when nobody asked for them by name', async () => {
    const squatters = await Promise.all([4317, 4318].map(squat));
    let other: TestServer | undefined;
    try {
      other = await startServer({ env: { AEGIS_OTLP_HTTP_PORT: undefined, AEGIS_OTLP_GRPC_PORT: undefined } });
      const { url } = other;
      await expect.poll(async () => (await fetch(`${url}/health/ready`)).status).toBe(200);
      for (const [name, port] of [
        ['AEGIS_OTLP_HTTP_PORT', 4318],
        ['AEGIS_OTLP_GRPC_PORT', 4317],
      ]) {
        expect(other.output()).toMatch(
          new RegExp(
            `"level":40[^\n]*${name}, AEGIS_HOST: cannot listen on port ${port} of [^\n]*; going on without it`,
          ),
        );
      }
    } finally {
      await other?.stop();
      await Promise.all(squatters.map((release) => release()));
    }
  });

  it.each(['AEGIS_OTLP_HTTP_PORT', 'AEGIS_OTLP_GRPC_PORT'])('%s, when set, ends the start', async (name) => {
    const squatter = createServer();
    const port = await freePort();
    await new Promise<void>((resolve) => squatter.listen(port, '127.0.0.1', resolve));
    try {
      const start = startServer({ env: { [name]: String(port) } });
      await expect(start).rejects.toThrow(
        new RegExp(`the launcher ended with 78[^]*${name}, AEGIS_HOST: cannot listen on port ${port}`),
      );
    } finally {
      await new Promise((resolve) => squatter.close(resolve));
    }
  });
});

/** Takes a port, unless another program has it already, which is as good. Resolves with what gives it back. */
function squat(port: number): Promise<() => Promise<void>> {
  const squatter = createServer();
  return new Promise((resolve, reject) => {
    squatter.once('error', (error: NodeJS.ErrnoException) =>
      error.code === 'EADDRINUSE' ? resolve(async () => undefined) : reject(error),
    );
    squatter.listen(port, '127.0.0.1', () => resolve(() => new Promise((done) => squatter.close(() => done()))));
  });
}

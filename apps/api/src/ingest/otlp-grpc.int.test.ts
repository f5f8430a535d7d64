import { readFile } from 'node:fs/promises';
import zlib from 'node:zlib';
import {
  createApiKey,
  type FieldValue,
  freePort,
  protobufMessage,
  signHeaders,
  startServer,
  type TestServer,
} from '@aegisguard/testkit';
import {
  Client,
  type ClientOptions,
  compressionAlgorithms,
  credentials,
  Metadata,
  type ServiceError,
  status,
} from '@grpc/grpc-js';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

// OTLP over gRPC with a real client: https://opentelemetry.io/docs/specs/otlp/#otlpgrpc

const BODY_BYTES_MAX = 1_000_000;
const LOGS = '/opentelemetry.proto.collector.logs.v1.LogsService/Export';
const TRACES = '/opentelemetry.proto.collector.trace.v1.TraceService/Export';
let server: TestServer;
let token: string;
let address: string;
const clients: Client[] = [];

beforeAll(async () => {
  const port = await freePort();
  address = `127.0.0.1:${port}`;
  server = await startServer({
    env: { AEGIS_MAX_BODY_BYTES: String(BODY_BYTES_MAX), AEGIS_OTLP_GRPC_PORT: String(port) },
  });
  token = (await createApiKey(server, 'token')).secret;
});

afterAll(async () => {
  for (const client of clients) {
    client.close();
  }
  await server.stop();
});

const logRecord = (text: string, more: Record<number, FieldValue> = {}) =>
  protobufMessage({ 1: BigInt(Date.now()) * 1_000_000n, 5: protobufMessage({ 1: text }), ...more });
const logsOf = (...records: Buffer[]) =>
  protobufMessage({ 1: protobufMessage({ 2: protobufMessage({ 2: records }) }) });

function connect(options: ClientOptions = {}, to = address): Client {
  const client = new Client(to, credentials.createInsecure(), options);
  clients.push(client);
  return client;
}

interface Told {
  readonly code: status;
  readonly message: Buffer | undefined;
  readonly headers: Metadata;
  readonly error: ServiceError | null;
}

function call(
  body: Buffer,
  { client = connect(), path = LOGS, bearer = token, metadata = {} as Record<string, string> } = {},
): Promise<Told> {
  const sent = new Metadata();
  sent.set('authorization', `Bearer ${bearer}`);
  for (const [name, value] of Object.entries(metadata)) {
    sent.set(name, value);
  }
  return new Promise((resolve) => {
    let headers = new Metadata();
    const same = (bytes: Buffer) => bytes;
    client
      .makeUnaryRequest(path, same, same, body, sent, (error, message) =>
        resolve({ code: error?.code ?? status.OK, message, headers, error }),
      )
      .on('metadata', (got) => {
        headers = got;
      });
  });
}

describe('OK', () => {
  it('an empty response', async () => {
    const told = await call(logsOf(logRecord('hello')));
    expect([told.code, told.message?.length]).toEqual([status.OK, 0]);
  });

  it('traces, an empty message, one with every kind of metadata', async () => {
    expect((await call(Buffer.alloc(0), { path: TRACES })).code).toBe(status.OK);
    expect((await call(Buffer.alloc(0), { metadata: { 'content-encoding': 'br' } })).code).toBe(status.OK);
  });

  it.each([
    ['gzip', compressionAlgorithms.gzip],
    ['deflate', compressionAlgorithms.deflate],
  ])('compressed with %s', async (_, algorithm) => {
    const client = connect({ 'grpc.default_compression_algorithm': algorithm });
    const told = await call(logsOf(logRecord('packed '.repeat(1000))), { client });
    expect([told.code, told.message?.length]).toEqual([status.OK, 0]);
  });

  it('a partial success, even when it is all', async () => {
    const malformed = logRecord('x', { 9: 'short' });
    const told = await call(logsOf(logRecord('fine'), malformed));
    expect(told.code).toBe(status.OK);
    expect(told.message?.toString()).toContain('1 of 2 records were refused');
    expect((await call(logsOf(malformed))).message?.toString()).toContain('1 of 1 records were refused');
  });

  it('a repeated request gets its first answer', async () => {
    const metadata = { 'x-idempotency-key': `grpc-${Date.now()}` };
    const body = logsOf(logRecord('once'));
    expect((await call(body, { metadata })).headers.get('idempotency-replayed')).toEqual([]);
    expect((await call(body, { metadata })).headers.get('idempotency-replayed')).toEqual(['true']);
    expect((await call(logsOf(logRecord('other')), { metadata })).code).toBe(status.INVALID_ARGUMENT);
  });

  it('many calls at once on one connection', async () => {
    const client = connect();
    const told = await Promise.all(Array.from({ length: 300 }, (_, n) => call(logsOf(logRecord(`${n}`)), { client })));
    expect(new Set(told.map(({ code }) => code))).toEqual(new Set([status.OK]));
  });
});

describe('refused', () => {
  it('UNAUTHENTICATED, one and the same', async () => {
    const seen = new Set<string>();
    const { secret: other } = await createApiKey(server, 'token');
    // Whatever its last character is, this is another.
    const altered = (other ?? '').replace(/.$/, (last) => (last === '2' ? '3' : '2'));
    for (const bearer of ['', 'x', `${token}x`, altered, server.orgSecret]) {
      const { code, error } = await call(logsOf(logRecord('x')), { bearer });
      expect(code).toBe(status.UNAUTHENTICATED);
      const { date, ...metadata } = error?.metadata.getMap() ?? {};
      seen.add(JSON.stringify([error?.details, metadata]));
    }
    expect(seen.size).toBe(1);
  });

  it('PERMISSION_DENIED without the scope', async () => {
    const { secret } = await createApiKey(server, 'token', { scopes: ['traces:write'] });
    const query = await createApiKey(server, 'query');
    expect((await call(logsOf(logRecord('x')), { bearer: secret ?? '' })).code).toBe(status.PERMISSION_DENIED);
    expect((await call(Buffer.alloc(0), { bearer: secret ?? '', path: TRACES })).code).toBe(status.OK);
    expect((await call(logsOf(logRecord('x')), { bearer: query.secret ?? '' })).code).toBe(status.PERMISSION_DENIED);
  });

  it('INVALID_ARGUMENT for what is no message, with the Status among the details', async () => {
    const { code, error } = await call(Buffer.from([0xff, 0xff]));
    expect(code).toBe(status.INVALID_ARGUMENT);
    const [details] = error?.metadata.get('grpc-status-details-bin') ?? [];
    expect((details as Buffer)[1]).toBe(status.INVALID_ARGUMENT);
  });

  it('a v1 signature that OTLP/HTTP took is answered with its answer, and stores nothing again', async () => {
    const body = logsOf(logRecord('once'));
    const headers = signHeaders(server, body, Date.now());
    const overHttp = await fetch(`${server.url}/v1/logs`, {
      method: 'POST',
      headers: { ...headers, 'content-type': 'application/x-protobuf' },
      body: new Uint8Array(body),
    });
    expect(overHttp.status).toBe(200);
    const replay = await call(body, { metadata: headers });
    expect([replay.code, replay.headers.get('idempotency-replayed')]).toEqual([status.OK, ['true']]);
  });

  it('UNIMPLEMENTED for other methods', async () => {
    expect((await call(Buffer.alloc(0), { path: '/a.b.C/Export' })).code).toBe(status.UNIMPLEMENTED);
  });

  it('RESOURCE_EXHAUSTED for too many bytes, before and after decompression, without advice to repeat it', async () => {
    const long = await call(Buffer.alloc(3 * BODY_BYTES_MAX));
    const gzip = connect({ 'grpc.default_compression_algorithm': compressionAlgorithms.gzip });
    const bomb = await call(Buffer.alloc(64 * 1024 ** 2), { client: gzip });
    for (const { code, error } of [long, bomb]) {
      expect(code).toBe(status.RESOURCE_EXHAUSTED);
      expect(error?.details).toContain(String(BODY_BYTES_MAX));
      expect(String(error?.metadata.get('grpc-status-details-bin'))).not.toContain('RetryInfo');
    }
  });

  it('a connection outlives what was refused on it', async () => {
    const client = connect();
    expect((await call(Buffer.alloc(3 * BODY_BYTES_MAX), { client })).code).toBe(status.RESOURCE_EXHAUSTED);
    expect((await call(logsOf(logRecord('x')), { client })).code).toBe(status.OK);
  });
});

it('sixteen bombs of 64 MiB at once take no memory', async () => {
  const rss = async () =>
    Number(/VmRSS:\s+(\d+)/.exec(await readFile(`/proc/${await server.serverPid()}/status`, 'utf8'))?.[1]);
  const gzip = connect({ 'grpc.default_compression_algorithm': compressionAlgorithms.gzip });
  await call(logsOf(logRecord('warm')), { client: gzip });
  const before = await rss();
  expect(zlib.gzipSync(Buffer.alloc(64 * 1024 ** 2)).length).toBeLessThan(BODY_BYTES_MAX);
  const told = await Promise.all(
    Array.from({ length: 16 }, () => call(Buffer.alloc(64 * 1024 ** 2), { client: gzip })),
  );
  expect(new Set(told.map(({ code }) => code))).toEqual(new Set([status.RESOURCE_EXHAUSTED]));
  expect((await rss()) - before).toBeLessThan(150_000);
});

it('limits say when to come back, and drains end calls', async () => {
  const port = await freePort();
  const limited = await startServer({
    env: { AEGIS_OTLP_GRPC_PORT: String(port), AEGIS_RATE_LIMIT_ORG_PER_MIN: '2' },
  });
  const { secret } = await createApiKey(limited, 'token');
  const client = connect({}, `127.0.0.1:${port}`);
  const told = [];
  for (let n = 0; n < 3; n += 1) {
    told.push(await call(logsOf(logRecord('x')), { client, bearer: secret ?? '' }));
  }
  expect(told.map(({ code }) => code)).toEqual([status.OK, status.OK, status.RESOURCE_EXHAUSTED]);
  expect(told[0]?.headers.get('ratelimit-policy')).toEqual(['"org";q=2;w=60']);
  const metadata = told[2]?.error?.metadata;
  expect(metadata?.get('retry-after')).toHaveLength(1);
  expect(String(metadata?.get('grpc-status-details-bin'))).toContain('google.rpc.RetryInfo');
  expect(await limited.stop()).toBe(0);
});

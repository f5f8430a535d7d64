import { request } from 'node:http';
import zlib from 'node:zlib';
import type { Problem } from '@aegisguard/model';
import {
  type JoinedServer,
  joinServer,
  SHARED_BODY_BYTES_MAX,
  sendLogs,
  signHeaders,
  signIn,
} from '@aegisguard/testkit';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

// The tables of the public contract for POST /v1/logs, against the running product. One `describe` per status.

let server: JoinedServer;

beforeAll(async () => {
  server = await joinServer();
});

afterAll(async () => {
  await server.leave();
});

const LOG = { service: 'checkout', message: 'hello' };
const text = (logs: readonly unknown[]) => JSON.stringify({ logs });

function post(body: string | Uint8Array<ArrayBuffer>, headers: Record<string, string> = {}): Promise<Response> {
  return fetch(`${server.url}/v1/logs`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body,
  });
}

const signed = (body: string | Uint8Array<ArrayBuffer>, headers: Record<string, string> = {}) =>
  post(body, { ...signHeaders(server, body), ...headers });

async function expectProblem(answer: Response, status: number, code: string): Promise<Problem> {
  expect(answer.status).toBe(status);
  expect(answer.headers.get('content-type')).toContain('application/problem+json');
  const problem = (await answer.json()) as Problem;
  expect(problem).toMatchObject({
    type: `urn:aegisguard:problem:${code}`,
    code,
    status,
    title: expect.any(String),
    requestId: expect.any(String),
  });
  return problem;
}

describe('202', () => {
  it('all accepted, under either form of signature', async () => {
    const body = text([LOG, { ...LOG, level: 'error' }]);
    for (const headers of [signHeaders(server, body), signHeaders(server, body, Date.now())]) {
      const answer = await post(body, headers);
      expect(answer.status).toBe(202);
      expect(await answer.json()).toEqual({
        accepted: 2,
        rejected: 0,
        ingestId: expect.stringMatching(/^[0-9a-f-]{36}$/),
      });
    }
  });

  it('some refused: says which and why, keeps the rest', async () => {
    const answer = await signed(text([LOG, { service: 'checkout' }, 7, { ...LOG, timestamp: 'yesterday' }, LOG]));
    expect(answer.status).toBe(202);
    const result = (await answer.json()) as { errors: { index: number; path: string; message: string }[] };
    expect(result).toMatchObject({ accepted: 2, rejected: 3 });
    expect(result.errors.map(({ index, path }) => [index, path])).toEqual([
      [1, '/message'],
      [2, ''],
      [3, '/timestamp'],
    ]);
  });

  it('describes at most 20 refusals', async () => {
    const answer = await signed(text([LOG, ...Array.from({ length: 30 }, () => ({}))]));
    const result = (await answer.json()) as { rejected: number; errors: unknown[] };
    expect(result.rejected).toBe(30);
    expect(result.errors).toHaveLength(20);
  });

  it('an empty batch', async () => {
    const answer = await signed(text([]));
    expect(answer.status).toBe(202);
    expect(await answer.json()).toMatchObject({ accepted: 0, rejected: 0 });
  });

  it('a body without a content type counts as JSON', async () => {
    const body = text([LOG]);
    const status = await new Promise((resolve, reject) => {
      const outgoing = request(`${server.url}/v1/logs`, {
        method: 'POST',
        headers: { ...signHeaders(server, body), 'content-length': Buffer.byteLength(body) },
      });
      outgoing.on('response', (incoming) => resolve(incoming.resume().statusCode)).on('error', reject);
      outgoing.end(body);
    });
    expect(status).toBe(202);
  });

  it.each([
    ['gzip', zlib.gzipSync],
    ['deflate', zlib.deflateSync],
    ['zstd', zlib.zstdCompressSync],
    ['br', zlib.brotliCompressSync],
  ])('compressed with %s, signed as sent', async (encoding, compress) => {
    const answer = await signed(compress(Buffer.from(text([LOG]))), { 'content-encoding': encoding });
    expect(answer.status).toBe(202);
    expect(await answer.json()).toMatchObject({ accepted: 1 });
  });

  it('a thousand records', async () => {
    const answer = await signed(text(Array.from({ length: 1000 }, () => LOG)));
    expect(await answer.json()).toMatchObject({ accepted: 1000 });
  });
});

describe('400', () => {
  it.each(['', '{', 'null', '[]', '"logs"', '{"logs":{}}', '{"logs":null}', '{}', '{"logs":[1,2]} x', '\u0000'])(
    'the body %j',
    async (body) => {
      const problem = await expectProblem(
        await signed(body),
        400,
        (await isJson(body)) ? 'invalid-body' : 'invalid-json',
      );
      expect(problem.detail).toBeTypeOf('string');
    },
  );

  it('every record refused', async () => {
    const problem = await expectProblem(await signed(text([{}, { service: 'a' }])), 400, 'invalid-body');
    expect(problem.errors).toHaveLength(2);
  });

  it('data that is not what its encoding says', async () => {
    await expectProblem(await signed('not gzip', { 'content-encoding': 'gzip' }), 400, 'invalid-encoding');
  });

  it('an idempotency key that is too long', async () => {
    await expectProblem(
      await signed(text([LOG]), { 'x-idempotency-key': 'k'.repeat(256) }),
      400,
      'invalid-idempotency-key',
    );
    expect((await signed(text([LOG]), { 'x-idempotency-key': 'k'.repeat(255) })).status).toBe(202);
  });
});

async function isJson(body: string): Promise<boolean> {
  try {
    JSON.parse(body);
    return true;
  } catch {
    return false;
  }
}

describe('401', () => {
  const body = text([LOG]);
  const stranger = () => ({ ...server, orgKey: 'nobody-knows-me' });
  const wrong = () => ({ ...server, orgSecret: 'not the secret at all' });
  const cases: readonly (readonly [string, () => Record<string, string>])[] = [
    ['no key and no signature', () => ({})],
    ['no signature', () => ({ 'x-org-key': server.orgKey })],
    ['an unknown key', () => signHeaders(stranger(), body)],
    ['an unknown key, v1', () => signHeaders(stranger(), body, Date.now())],
    ['a wrong signature', () => signHeaders(wrong(), body)],
    ['a wrong signature, v1', () => signHeaders(wrong(), body, Date.now())],
    ['another body’s signature', () => signHeaders(server, `${body} `)],
    ['a malformed signature', () => ({ 'x-org-key': server.orgKey, 'x-signature': 'sha256=zz' })],
    ['a timestamp that is too old', () => signHeaders(server, body, Date.now() - 301_000)],
    ['a timestamp from the future', () => signHeaders(server, body, Date.now() + 301_000)],
    [
      'an old timestamp beside a sha256 signature',
      () => ({ ...signHeaders(server, body), 'x-timestamp': String(Date.now() - 301_000) }),
    ],
    ['v1 without its timestamp', () => ({ ...signHeaders(server, body, Date.now()), 'x-timestamp': '' })],
    ['a key id with strange characters', () => signHeaders({ ...server, orgKey: "'; drop table api_keys; --" }, body)],
  ];

  it('is one and the same answer in headers and body but for the request id', async () => {
    const seen = new Set<string>();
    for (const [name, headers] of cases) {
      const answer = await post(body, headers());
      const { requestId, ...problem } = await expectProblem(answer, 401, 'unauthorized');
      expect(requestId, name).toBeTypeOf('string');
      expect(answer.headers.get('www-authenticate'), name).toBe('Bearer realm="aegisguard"');
      const compared = [...answer.headers].filter(([header]) => header !== 'date');
      seen.add(JSON.stringify([compared, problem]));
    }
    expect([...seen]).toHaveLength(1);
  });
});

describe('409 and 422: idempotency', () => {
  it('answers again with the first answer, and stores once', async () => {
    const service = `idempotent-${Date.now()}`;
    const body = text([{ service, message: 'once' }]);
    const first = await signed(body, { 'x-idempotency-key': service });
    const again = await signed(body, { 'x-idempotency-key': service });
    expect(first.headers.get('idempotency-replayed')).toBeNull();
    expect(again.headers.get('idempotency-replayed')).toBe('true');
    expect(again.status).toBe(202);
    expect(await again.json()).toEqual(await first.json());
    await expectStored(service, 1);
  });

  it('refuses the same key with another body', async () => {
    const key = { 'x-idempotency-key': `mismatch-${Date.now()}` };
    expect((await signed(text([LOG]), key)).status).toBe(202);
    await expectProblem(await signed(text([LOG, LOG]), key), 422, 'idempotency-mismatch');
  });

  it('a failed request does not use the key up', async () => {
    const key = { 'x-idempotency-key': `retry-${Date.now()}` };
    await expectProblem(await signed('{', key), 400, 'invalid-json');
    expect((await signed(text([LOG]), key)).status).toBe(202);
  });

  it('at the same time: one is stored, the others are told to wait or given its answer', async () => {
    const service = `together-${Date.now()}`;
    const body = text(Array.from({ length: 500 }, () => ({ service, message: 'once' })));
    const answers = await Promise.all(Array.from({ length: 8 }, () => signed(body, { 'x-idempotency-key': service })));
    const statuses = answers.map(({ status }) => status);
    expect(statuses.filter((status) => status !== 202 && status !== 409)).toEqual([]);
    expect(statuses).toContain(202);
    await expectStored(service, 500);
  });

  it('a replayed v1 signature gets the first answer, even without its idempotency key, and stores nothing', async () => {
    const service = `replayed-${Date.now()}`;
    const body = text([{ service, message: 'once' }]);
    const headers = signHeaders(server, body, Date.now());
    const first = await post(body, { ...headers, 'x-idempotency-key': service });
    const replay = await post(body, headers);
    expect(replay.headers.get('idempotency-replayed')).toBe('true');
    expect(await replay.json()).toEqual(await first.json());
    await expectStored(service, 1);
  });
});

/** Waits until the service has that many logs, then makes sure that it stays so. */
async function expectStored(service: string, count: number): Promise<void> {
  const api = await signIn(server.url, server.adminEmail, server.adminPassword);
  const total = async () => {
    const answer = await api.post('/query/logs/histogram', { query: `{service="${service}"}` });
    return ((await answer.json()) as { total: number }).total;
  };
  await expect.poll(total).toBeGreaterThanOrEqual(count);
  // A later batch has come through: whatever was queued before it has too.
  await sendLogs(server.url, server, [{ service: `${service}-after`, message: 'marker' }]);
  const marker = async () => {
    const answer = await api.post('/query/logs/histogram', { query: `{service="${service}-after"}` });
    return ((await answer.json()) as { total: number }).total;
  };
  await expect.poll(marker).toBe(1);
  expect(await total()).toBe(count);
}

describe('413', () => {
  it('too many records, naming the limit', async () => {
    const problem = await expectProblem(
      await signed(text(Array.from({ length: 1001 }, () => LOG))),
      413,
      'batch-too-large',
    );
    expect(JSON.stringify(problem)).toContain('1000');
  });

  it('too many bytes, declared or not', async () => {
    const body = text([{ ...LOG, message: 'x'.repeat(SHARED_BODY_BYTES_MAX) }]);
    const problem = await expectProblem(await signed(body), 413, 'body-too-large');
    expect(problem.limit).toBe(SHARED_BODY_BYTES_MAX);
    const chunks = new ReadableStream({
      start(controller) {
        controller.enqueue(Buffer.from(body));
        controller.close();
      },
    });
    const answer = await fetch(`${server.url}/v1/logs`, {
      method: 'POST',
      headers: signHeaders(server, body),
      body: chunks,
      duplex: 'half',
    });
    await expectProblem(answer, 413, 'body-too-large');
  });

  // At its best, which is not needed for blanks, Brotli takes so long that the server has closed the connection meanwhile.
  const params = { [zlib.constants.BROTLI_PARAM_QUALITY]: 1 };
  it.each<[string, (blanks: Buffer) => NonSharedBuffer]>([
    ['gzip', zlib.gzipSync],
    ['br', (blanks) => zlib.brotliCompressSync(blanks, { params })],
    ['zstd', zlib.zstdCompressSync],
    ['deflate', zlib.deflateSync],
  ])('a %s bomb is stopped at the limit', async (encoding, compress) => {
    const bomb = compress(Buffer.alloc(64 * 1024 ** 2, 0x20));
    expect(bomb.length).toBeLessThan(SHARED_BODY_BYTES_MAX);
    await expectProblem(await signed(bomb, { 'content-encoding': encoding }), 413, 'body-too-large');
  });
});

describe('415', () => {
  it.each(['text/plain', 'application/protobuf', 'application/jsonp', 'multipart/form-data; boundary=x'])(
    'content type %s',
    async (type) => {
      await expectProblem(await signed(text([LOG]), { 'content-type': type }), 415, 'unsupported-media-type');
    },
  );

  it('content encoding', async () => {
    await expectProblem(await signed(text([LOG]), { 'content-encoding': 'compress' }), 415, 'unsupported-encoding');
  });

  it.each(['application/json', 'application/json; charset=utf-8', 'APPLICATION/JSON'])(
    'but %s is fine',
    async (type) => {
      expect((await signed(text([LOG]), { 'content-type': type })).status).toBe(202);
    },
  );
});

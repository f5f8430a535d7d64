import { readFile } from 'node:fs/promises';
import {
  createApiKey,
  type JoinedServer,
  joinServer,
  protobufMessage,
  SHARED_BODY_BYTES_MAX,
  suitePath,
} from '@aegisguard/testkit';
import { compressSync } from 'snappy';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

// Remote write and Loki push: answers in words. https://prometheus.io/docs/specs/prw/remote_write_spec_2_0/

const V2 = 'application/x-protobuf;proto=io.prometheus.write.v2.Request';
let server: JoinedServer;
let token: string;

beforeAll(async () => {
  server = await joinServer();
  token = (await createApiKey(server, 'token')).secret;
});

afterAll(async () => {
  await server.leave();
});

function post(path: string, body: string | Uint8Array, headers: Record<string, string>): Promise<Response> {
  return fetch(`${server.url}${path}`, {
    method: 'POST',
    headers: { authorization: `Bearer ${token}`, ...headers },
    body: typeof body === 'string' ? body : new Uint8Array(body),
  });
}

async function expectText(answer: Response, status: number): Promise<string> {
  expect([answer.status, answer.headers.get('content-type')]).toEqual([status, 'text/plain; charset=utf-8']);
  return answer.text();
}

describe('remote write', () => {
  const write = (body: Uint8Array, headers: Record<string, string> = {}) =>
    post('/api/v1/write', compressSync(body), {
      'content-type': 'application/x-protobuf',
      'content-encoding': 'snappy',
      ...headers,
    });
  const written = ({ headers }: Response) =>
    ['samples', 'histograms', 'exemplars'].map((what) => headers.get(`x-prometheus-remote-write-${what}-written`));

  const sampleAt = (atMs: number) => protobufMessage({ 1: { double: 1 }, 2: atMs });
  const seriesOf = (name: string, atMs: number) =>
    protobufMessage({ 1: protobufMessage({ 1: protobufMessage({ 1: '__name__', 2: name }), 2: sampleAt(atMs) }) });

  /** A v2 request: symbols, then one series for each time. */
  const v2Of = (...times: number[]) =>
    protobufMessage({
      4: ['', '__name__', 'requests_total'],
      5: times.map((atMs) => protobufMessage({ 1: Buffer.from([1, 2]), 2: sampleAt(atMs) })),
    });

  it('1.0: 204 and nothing else', async () => {
    const answer = await write(seriesOf('up', Date.now()));
    expect([answer.status, await answer.text(), answer.headers.get('content-type')]).toEqual([204, '', null]);
    expect(written(answer)).toEqual([null, null, null]);
  });

  it('2.0: 204 that says what was written', async () => {
    const answer = await write(v2Of(Date.now(), Date.now() - 1000), { 'content-type': V2 });
    expect([answer.status, written(answer)]).toEqual([204, ['2', '0', '0']]);
  });

  it('partly refused: 400 with the reason, and what was written', async () => {
    const answer = await write(v2Of(Date.now(), 1000), { 'content-type': V2 });
    expect(written(answer)).toEqual(['1', '0', '0']);
    expect(await expectText(answer, 400)).toMatch(/^1 of 2 records were refused: /);
    const old = await write(Buffer.concat([seriesOf('up', 1000), seriesOf('down', Date.now())]));
    expect(await expectText(old, 400)).toMatch(/^1 of 2 records/);
  });

  it('wholly refused: 400 that nothing was written', async () => {
    const answer = await write(v2Of(1000), { 'content-type': V2 });
    expect(written(answer)).toEqual(['0', '0', '0']);
    expect(await expectText(answer, 400)).toMatch(/^1 of 1 records/);
  });

  it('a repeated request gets its first answer, 400 or not', async () => {
    const headers = { 'content-type': V2, 'x-idempotency-key': `write-${Date.now()}` };
    const body = v2Of(Date.now(), 1000);
    const [first, again] = [await write(body, headers), await write(body, headers)];
    expect(again.headers.get('idempotency-replayed')).toBe('true');
    expect([again.status, written(again), await again.text()]).toEqual([400, written(first), await first.text()]);
  });

  it.each([
    ['an unknown message', { 'content-type': 'application/x-protobuf;proto=io.prometheus.write.v3.Request' }, 415],
    ['JSON', { 'content-type': 'application/json' }, 415],
    ['another encoding', { 'content-encoding': 'gzip' }, 415],
    ['a wrong token', { authorization: 'Bearer x' }, 401],
  ])('%s', async (_, headers, status) => {
    await expectText(await write(seriesOf('up', Date.now()), headers), status);
  });

  it('what is not snappy, and what would be too much', async () => {
    const headers = { 'content-type': V2, 'content-encoding': 'snappy' };
    const notSnappy = await post('/api/v1/write', Buffer.from([5, 1, 2, 3]), headers);
    expect(written(notSnappy)).toEqual(['0', '0', '0']);
    await expectText(notSnappy, 400);
    const declared = Buffer.from([0xff, 0xff, 0xff, 0xff, 0x0f]);
    expect(await expectText(await post('/api/v1/write', declared, headers), 413)).toContain(
      String(SHARED_BODY_BYTES_MAX),
    );
  });
});

describe('Loki push', () => {
  const push = (body: string | Uint8Array, headers: Record<string, string> = {}) =>
    post('/loki/api/v1/push', body, { 'content-type': 'application/json', ...headers });
  const json = (...times: string[]) =>
    JSON.stringify({
      streams: [{ stream: { service_name: 'shop' }, values: times.map((time) => [time, 'a line', { trace: 'x' }]) }],
    });
  const now = () => `${Date.now()}000000`;

  it('204 when all is taken', async () => {
    for (const headers of [{}, { 'content-encoding': 'identity' }]) {
      const answer = await push(json(now(), now()), headers);
      expect([answer.status, await answer.text()]).toEqual([204, '']);
    }
  });

  it('protobuf is a snappy block', async () => {
    const entry = protobufMessage({ 1: protobufMessage({ 1: Math.floor(Date.now() / 1000) }), 2: 'a line' });
    const body = protobufMessage({ 1: protobufMessage({ 1: '{service_name="shop"}', 2: entry }) });
    const answer = await push(compressSync(body), { 'content-type': 'application/x-protobuf' });
    expect(answer.status).toBe(204);
  });

  it('partly and wholly refused: 400 with the reason', async () => {
    expect(await expectText(await push(json(now(), '1000')), 400)).toMatch(/^1 of 2 records were refused: #1/);
    expect(await expectText(await push(json('1000')), 400)).toMatch(/^1 of 1 records were refused/);
  });

  it.each([
    ['no JSON', '{', {}, 400],
    ['another type', '{}', { 'content-type': 'text/plain' }, 415],
    ['a wrong token', '{}', { authorization: 'Bearer x' }, 401],
  ])('%s', async (_, body, headers, status) => {
    await expectText(await push(body, headers), status);
  });
});

const bodies = suitePath('remote-write-bodies', 'manifest.json');
describe.skipIf(bodies === undefined)('remote write bodies of others (skipped without the suites)', () => {
  it('are answered as they say', async () => {
    const manifest = JSON.parse(await readFile(bodies ?? '', 'utf8')) as {
      file: string;
      headers: Record<string, string>;
    }[];
    for (const { file, headers } of manifest) {
      const body = await readFile(suitePath('remote-write-bodies', file) ?? '');
      const answer = await post('/api/v1/write', body, headers);
      // Their samples are of 1970: decoded, and refused as too old.
      expect([file, answer.status]).toEqual([file, expect.toBeOneOf([204, 400])]);
      expect(await answer.text()).not.toContain('could not be');
    }
  });
});

import { type JoinedServer, joinServer, signIn } from '@aegisguard/testkit';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { expectWithin, REMEMBERED_MS_MAX } from './testing/expect-within.ts';

// What Promtail, Alloy, Fluent Bit and their like send, with nothing but a token.

let server: JoinedServer;
let api: Awaited<ReturnType<typeof signIn>>;
let key: { readonly key: string; readonly secret: string };

beforeAll(async () => {
  server = await joinServer();
  api = await signIn(server.url, server.adminEmail, server.adminPassword);
  const made = await api.post('/apikeys', { name: 'agents', kind: 'token', scopes: ['logs:write'] });
  expect(made.status).toBe(201);
  key = (await made.json()) as typeof key;
});

afterAll(async () => {
  await server.leave();
});

const bearer = () => ({ authorization: `Bearer ${key.secret}` });
const nowNanos = () => `${BigInt(Date.now()) * 1_000_000n + 123_456n}`;

async function push(body: string | Buffer, headers: Record<string, string>): Promise<{ status: number; text: string }> {
  const answer = await fetch(`${server.url}/loki/api/v1/push`, { method: 'POST', headers, body });
  return { status: answer.status, text: await answer.text() };
}

async function stored(query: string, count: number): Promise<Record<string, unknown>[]> {
  let logs: Record<string, unknown>[] = [];
  const look = async () => {
    const answer = await api.post('/query/logs/search', { query, direction: 'forward' });
    ({ logs } = (await answer.json()) as { logs: typeof logs });
    expect(logs).toHaveLength(count);
  };
  await vi.waitFor(look, { timeout: 60_000, interval: 100 });
  return logs;
}

describe('JSON', () => {
  const json = () => ({ ...bearer(), 'content-type': 'application/json' });

  it('is read back with labels, metadata, level and ids', async () => {
    const labels = { app: 'loki-json', namespace: 'prod', level: 'warn', host: 'n1' };
    const metadata = { trace_id: 'ab'.repeat(16), order: '17' };
    const streams = [{ stream: labels, values: [[nowNanos(), 'one "line"\n', metadata]] }];
    expect(await push(JSON.stringify({ streams }), json())).toEqual({ status: 204, text: '' });
    expect(await stored('{app="loki-json", namespace="prod"}', 1)).toMatchObject([
      {
        service: 'loki-json',
        level: 'warn',
        host: 'n1',
        message: 'one "line"\n',
        traceId: 'ab'.repeat(16),
        timestamp: expect.stringMatching(/123456Z$/),
        resource: labels,
        attributes: metadata,
      },
    ]);
  });

  it('with something wrong says what, and keeps the rest', async () => {
    const values = [
      [nowNanos(), 'kept'],
      [17, 'a number'],
      ['1000', 'too old'],
    ];
    const streams = [{ stream: { app: 'loki-partly' }, values }];
    const { status, text } = await push(JSON.stringify({ streams }), json());
    expect(status).toBe(400);
    expect(text).toContain('the time must be Unix nanoseconds as a text');
    expect(await stored('{app="loki-partly"}', 1)).toMatchObject([{ message: 'kept' }]);
  });

  it('that is none is refused in words', async () => {
    expect(await push('{"streams":', json())).toMatchObject({ status: 400, text: expect.stringMatching(/\S/) });
    expect(await push('{"logs":[]}', json())).toMatchObject({ status: 400, text: expect.stringContaining('streams') });
  });
});

describe('protocol buffers', () => {
  const protobuf = { 'content-type': 'application/x-protobuf' };

  it('are read back, also with Basic authentication', async () => {
    const seconds = Math.floor(Date.now() / 1000);
    const body = snappy(
      field(1, Buffer.concat([field(1, '{app="loki-protobuf", "k8s.pod"="p-1"}'), entry(seconds, 'from promtail')])),
    );
    const basic = Buffer.from(`${key.key}:${key.secret}`).toString('base64');
    expect(await push(body, { ...protobuf, authorization: `Basic ${basic}` })).toEqual({ status: 204, text: '' });
    expect(await stored('{k8s_pod="p-1"}', 1)).toMatchObject([
      { service: 'loki-protobuf', message: 'from promtail', attributes: { user: 'ann' } },
    ]);
  });

  it('that are none are refused in words', async () => {
    const answer = await push(snappy(Buffer.from([0x0a, 5, 1])), { ...protobuf, ...bearer() });
    expect(answer).toMatchObject({ status: 400, text: expect.stringMatching(/\S/) });
    expect((await push(Buffer.from('not snappy'), { ...protobuf, ...bearer() })).status).toBe(400);
  });
});

describe('who may not', () => {
  const body = JSON.stringify({ streams: [{ stream: { app: 'refused' }, values: [[nowNanos(), 'refused']] }] });
  const json = { 'content-type': 'application/json' };

  it('send without a token, with a wrong one, or with one that reads', async () => {
    const query = (await (await api.post('/apikeys', { name: 'reader', kind: 'query' })).json()) as typeof key;
    const rum = await api.post('/apikeys', { name: 'rum', kind: 'token', scopes: ['rum:write'] });
    const other = ((await rum.json()) as typeof key).secret;
    const statuses = [
      {},
      { authorization: `Bearer ${key.secret.slice(0, -1)}` },
      { authorization: `Basic ${Buffer.from(`someone-else:${key.secret}`).toString('base64')}` },
      { authorization: `Bearer ${query.secret}` },
      { authorization: `Bearer ${other}` },
    ].map(async (headers) => (await push(body, { ...json, ...headers })).status);
    expect(await Promise.all(statuses)).toEqual([401, 401, 401, 403, 403]);
  });

  it('a token stops within five seconds of its revocation', async () => {
    const made = (await (await api.post('/apikeys', { name: 'short', kind: 'token' })).json()) as typeof key & {
      readonly id: string;
    };
    const send = async () => (await push(body, { ...json, authorization: `Bearer ${made.secret}` })).status;
    expect(await send()).toBe(204);
    const headers = { authorization: `Bearer ${api.accessToken}` };
    expect((await fetch(`${server.url}/apikeys/${made.id}`, { method: 'DELETE', headers })).status).toBe(204);
    await expectWithin(REMEMBERED_MS_MAX, send, 401);
  });
});

/** A field of a protocol buffer message that has a length below 128. */
function field(number: number, content: Uint8Array | string): Buffer {
  const bytes = Buffer.from(content);
  return Buffer.concat([Buffer.from([number * 8 + 2, bytes.length]), bytes]);
}

function entry(seconds: number, line: string): Buffer {
  const time = [0x08];
  for (let rest = seconds; rest > 0; rest = Math.floor(rest / 128)) {
    time.push((rest % 128) + (rest >= 128 ? 128 : 0));
  }
  const pair = Buffer.concat([field(1, 'user'), field(2, 'ann')]);
  return field(2, Buffer.concat([field(1, Buffer.from(time)), field(2, line), field(3, pair)]));
}

/** A snappy block of one literal, as short messages come: https://github.com/google/snappy/blob/main/format_description.txt */
function snappy(bytes: Uint8Array): Buffer {
  const size = bytes.length < 128 ? [bytes.length] : [(bytes.length % 128) + 128, Math.floor(bytes.length / 128)];
  return Buffer.concat([Buffer.from([...size, 60 << 2, bytes.length - 1]), bytes]);
}

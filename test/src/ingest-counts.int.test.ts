import { createApiKey, type JoinedServer, joinServer, sendLogs, sendSigned, signIn } from '@aegisguard/testkit';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';

// An engineer who sees no data finds out why.

let server: JoinedServer;
let api: Awaited<ReturnType<typeof signIn>>;

interface Counts {
  readonly start: number;
  readonly end: number;
  readonly stepMs: number;
  readonly rows: {
    readonly signal: string;
    readonly outcome: string;
    readonly keyId: string;
    readonly keyName: string | null;
    readonly advice: string | null;
    readonly requests: number[];
    readonly records: number[];
    readonly bytes: number[];
  }[];
}

beforeAll(async () => {
  server = await joinServer();
  api = await signIn(server.url, server.adminEmail, server.adminPassword);
});

afterAll(async () => {
  await server.leave();
});

const sum = (counts: readonly number[]) => counts.reduce((a, b) => a + b, 0);

async function counts(path = '/ingest/counts'): Promise<Counts> {
  const answer = await api.get(path);
  expect(answer.status).toBe(200);
  return (await answer.json()) as Counts;
}

it('says what came in and what was refused, by key, with what to do about it', async () => {
  const { key, secret } = await createApiKey(server, 'signed', { name: 'the shop', scopes: ['logs:write'] });
  const signer = { orgKey: key, orgSecret: secret };
  const good = { service: 's', message: 'm' };
  await sendLogs(server.url, signer, [good, good, { service: 's' }]);
  await sendLogs(server.url, signer, [{ ...good, timestamp: '2001-01-01T00:00:00Z' }, good]);
  await sendLogs(server.url, { ...signer, orgSecret: 'not the secret' }, [good]);
  await sendSigned(server.url, signer, '/v1/traces', { spans: [] });
  const found = await vi.waitFor(async () => {
    const { rows, ...rest } = await counts();
    const ofKey = rows.filter(({ keyId }) => keyId === key);
    const totals = ofKey.map(({ outcome, signal, records, requests }) => [
      signal,
      outcome,
      sum(records),
      sum(requests),
    ]);
    expect(totals).toEqual(
      expect.arrayContaining([
        ['logs', 'accepted', 3, 2],
        ['logs', 'invalid', 1, 0],
        ['logs', 'too-old', 1, 0],
        ['logs', 'unauthorized', 0, 1],
        ['traces', 'forbidden', 0, 1],
      ]),
    );
    return { ...rest, rows: ofKey };
  }, 60_000);
  for (const row of found.rows) {
    expect(row.keyName).toBe('the shop');
    expect(row.records).toHaveLength((found.end - found.start) / found.stepMs);
    expect(row.advice === null).toBe(row.outcome === 'accepted');
  }
});

it('covers the range that is asked for with whole minutes', async () => {
  const day = await counts(`/ingest/counts?start=${encodeURIComponent('now-1d')}`);
  expect(day.end - day.start).toBeGreaterThanOrEqual(86_400_000);
  expect(day.stepMs % 60_000).toBe(0);
  expect((await api.get('/ingest/counts?start=soon')).status).toBe(400);
});

it('says where to send', async () => {
  const endpoints = (await (await api.get('/ingest/endpoints')).json()) as { http: string };
  expect(endpoints).toEqual({
    http: server.url,
    otlpHttpPort: expect.toSatisfy((port) => port === null || Number.isInteger(port)),
    otlpGrpcPort: expect.toSatisfy((port) => port === null || Number.isInteger(port)),
  });
});

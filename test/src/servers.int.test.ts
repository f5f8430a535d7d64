import { openRedisQueue } from '@aegisguard/queue';
import {
  closeDatabases,
  createApiKey,
  createDatabase,
  runSql,
  sendLogs,
  signIn,
  startRedis,
  startServer,
  type TestServer,
  whyNoRedis,
} from '@aegisguard/testkit';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { openTail } from './open-tail.ts';
import { expectWithin, REMEMBERED_MS_MAX } from './testing/expect-within.ts';

// The same program over servers: DATABASE_URL and REDIS_URL in place of what is embedded.

const missing = whyNoRedis();

describe.skipIf(missing !== undefined)(`on Redis and PostgreSQL${missing === undefined ? '' : `: ${missing}`}`, () => {
  let redis: Awaited<ReturnType<typeof startRedis>>;
  let env: { REDIS_URL: string; DATABASE_URL: string };
  let server: TestServer;

  beforeAll(async () => {
    redis = await startRedis();
    env = { REDIS_URL: redis.url, DATABASE_URL: await createDatabase() };
    server = await startServer({ env });
  });

  afterAll(async () => {
    await server.stop();
    await redis.stop();
    await closeDatabases();
  });

  async function total(service: string): Promise<number> {
    const api = await signIn(server.url, server.adminEmail, server.adminPassword);
    const answer = await api.post('/query/logs/histogram', { query: `{service="${service}"}` });
    return ((await answer.json()) as { total: number }).total;
  }

  it('a batch goes through the streams to the screen, and to metrics of its logs, once', async () => {
    const api = await signIn(server.url, server.adminEmail, server.adminPassword);
    const steps = [{ kind: 'metric', type: 'counter', name: 'through_redis_total' }];
    const rules = await fetch(`${server.url}/log-pipelines`, {
      method: 'PUT',
      headers: { authorization: `Bearer ${api.accessToken}`, 'content-type': 'application/json' },
      body: JSON.stringify({ pipelines: { rules: [{ name: 'count', steps }] }, version: 0 }),
    });
    expect(rules.status).toBe(200);
    const logs = Array.from({ length: 1000 }, (_, row) => ({ service: 'through-redis', message: `row ${row}` }));
    const send = (batch: number) => sendLogs(server.url, server, logs, { 'x-idempotency-key': `redis-${batch}` });
    const answers = await Promise.all([...Array.from({ length: 10 }, (_, batch) => send(batch)), send(0), send(1)]);
    expect(answers.every(({ status }) => status === 202 || status === 409)).toBe(true);
    await vi.waitFor(async () => expect(await total('through-redis')).toBe(10_000), 60_000);
    expect((await send(3)).headers.get('idempotency-replayed')).toBe('true');
    const counted = async () => {
      const answer = await api.post('/query/metrics', { query: 'through_redis_total' });
      const { data } = (await answer.json()) as { data: { result: { value: [number, string] }[] } };
      return data.result.map(({ value }) => value[1]);
    };
    await vi.waitFor(async () => expect(await counted()).toEqual(['10000']), { timeout: 60_000, interval: 500 });
  });

  it('a batch that cannot be read is among its organization’s dead letters, and nobody else’s, with the reason', async () => {
    const api = await signIn(server.url, server.adminEmail, server.adminPassword);
    const { organizations } = (await (await api.get('/auth/me')).json()) as { organizations: { id: string }[] };
    const queue = await openRedisQueue({ url: redis.url, logger: { info: () => undefined, warn: () => undefined } });
    for (const orgId of [organizations[0]?.id, '00000000-0000-7000-8000-00000000000b']) {
      const headers = JSON.stringify({
        v: 1,
        orgId,
        signal: 'logs',
        format: 'native-json',
        batchId: orgId,
        accepted: 1,
        rejected: [],
      });
      await queue.append('logs:raw', { lane: '', headers, body: Buffer.from('not json') });
    }
    await vi.waitFor(async () => expect(await queue.deadLetters('logs:raw', 10)).toHaveLength(2), 60_000);
    const list = async () =>
      ((await (await api.get('/dead-letters')).json()) as { items: { id: string; reason: string }[] }).items;
    const [own, ...others] = await list();
    expect(others).toEqual([]);
    expect(own?.reason).toContain('could not be read');
    const foreign = (await queue.deadLetters('logs:raw', 10)).find(({ id }) => id !== own?.id);
    expect((await api.post(`/dead-letters/${foreign?.id}/replay`, {})).status).toBe(404);
    expect((await api.post(`/dead-letters/${own?.id}/replay`, {})).status).toBe(202);
    // Tried again and found just as unreadable: a new letter.
    await vi.waitFor(async () => expect((await list()).map(({ id }) => id === own?.id)).toEqual([false]), 60_000);
    const [again] = await list();
    const { accessToken } = api;
    const discard = { method: 'DELETE', headers: { authorization: `Bearer ${accessToken}` } };
    expect((await fetch(`${server.url}/dead-letters/${again?.id}`, discard)).status).toBe(204);
    expect(await list()).toEqual([]);
    const entries = await runSql(
      env.DATABASE_URL,
      `SELECT action, actor_name, target_id FROM audit_entries WHERE target_kind = 'dead-letter' ORDER BY seq`,
    );
    const by = { actor_name: server.adminEmail };
    expect(entries).toEqual([
      { ...by, action: 'dead-letter.replay', target_id: own?.id },
      { ...by, action: 'dead-letter.discard', target_id: again?.id },
    ]);
    await queue.close();
  });

  it('a key that is revoked in one process is refused by another within five seconds', async () => {
    const gateway = await startServer({ env: { ...env, AEGIS_ROLES: 'gateway' } });
    const key = await createApiKey(server, 'token');
    const headers = { authorization: `Bearer ${key.secret}`, 'content-type': 'application/json' };
    const send = async () =>
      (await fetch(`${gateway.url}/v1/logs`, { method: 'POST', headers, body: '{"logs":[]}' })).status;
    expect(await send()).toBe(202);
    const { accessToken } = await signIn(server.url, server.adminEmail, server.adminPassword);
    const revoke = { method: 'DELETE', headers: { authorization: `Bearer ${accessToken}` } };
    expect((await fetch(`${server.url}/apikeys/${key.id}`, revoke)).status).toBe(204);
    await expectWithin(REMEMBERED_MS_MAX, send, 401);
    await gateway.stop();
  });

  it('a line that one process makes is in the tail of another; a process that dies takes its tails along, nothing else', async () => {
    const query = await startServer({ env: { ...env, AEGIS_ROLES: 'worker,query' } });
    const { accessToken } = await signIn(query.url, server.adminEmail, server.adminPassword);
    const dying = await openTail(query.url, accessToken, '{service="afar"}');
    const staying = await openTail(server.url, accessToken, '{service="afar"} |= "line"');
    const send = async (message: string) =>
      expect((await sendLogs(server.url, server, [{ service: 'afar', message }])).status).toBe(202);
    await send('line 1');
    const soon = { interval: 5 };
    await expect.poll(() => [dying.messages(), staying.messages()], soon).toEqual([['line 1'], ['line 1']]);
    process.kill(await query.serverPid(), 'SIGKILL');
    await expect.poll(() => dying.end()).toBe('broken');
    await send('line 2');
    await expect.poll(() => staying.messages(), soon).toEqual(['line 1', 'line 2']);
    const again = await openTail(await query.nextReady(), accessToken, '{service="afar"}');
    await send('line 3');
    await expect.poll(() => again.messages(), soon).toEqual(['line 3']);
    staying.close();
    await query.stop();
    await expect.poll(() => again.events.at(-1)?.data.reason).toBe('shutdown');
  });

  it('without Redis: 503 with Retry-After, health lives, readiness says so, and it recovers', async () => {
    await redis.kill();
    const refused = await sendLogs(server.url, server, [{ service: 'no-redis', message: 'lost?' }]);
    expect(refused.status).toBe(503);
    expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(0);
    expect((await fetch(`${server.url}/health`)).status).toBe(200);
    const readiness = async () => {
      const answer = await fetch(`${server.url}/health/ready`);
      return [answer.status, ((await answer.json()) as { dependencies: object }).dependencies];
    };
    // Of the engines that are there, too, one may be late once.
    await expect.poll(readiness).toEqual([503, { queue: 'unavailable', postgres: 'ok', clickhouse: 'ok' }]);
    await redis.restart();
    await vi.waitFor(
      async () =>
        expect((await sendLogs(server.url, server, [{ service: 'redis-is-back', message: 'kept' }])).status).toBe(202),
      60_000,
    );
    await vi.waitFor(async () => expect(await total('redis-is-back')).toBeGreaterThan(0), 60_000);
  });
});

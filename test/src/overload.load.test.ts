import { readFile } from 'node:fs/promises';
import { setTimeout as delay } from 'node:timers/promises';
import { Worker } from 'node:worker_threads';
import { loadSeconds, signIn, startServer, type TestServer } from '@aegisguard/testkit';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { OverloadOrder, OverloadReport } from './load/overload-sender.ts';

// Many times more than can be stored, for a while: what is not taken is refused politely, what is taken is stored once, and the process stays itself.

/** Half a minute and more by hand: `AEGIS_TEST_LOAD_SECONDS=30`. */
const MILLIS = loadSeconds(15) * 1000;
const CONNECTIONS = 64;
const PROBE_EVERY_MS = 50;
const HEALTH_P99_MS = 250;
const RSS_BYTES_MAX = 2 * 1024 ** 3;

let server: TestServer;

beforeAll(async () => {
  server = await startServer();
});

afterAll(async () => {
  await server.stop();
});

it('only 2xx, 429 and 503; /health answers; every accepted record is stored exactly once', async () => {
  const { orgKey, orgSecret, url } = server;
  const order: OverloadOrder = { url, signer: { orgKey, orgSecret }, connections: CONNECTIONS, millis: MILLIS };
  const sender = new Worker(new URL('./load/overload-sender.ts', import.meta.url), {
    workerData: order,
    execArgv: ['--conditions=@aegisguard/source'],
  });
  const report = new Promise<OverloadReport>((resolve, reject) => {
    sender.once('message', resolve).once('error', reject);
  });
  const health: number[] = [];
  const until = performance.now() + MILLIS;
  while (performance.now() < until) {
    const began = performance.now();
    expect((await fetch(`${server.url}/health`)).status).toBe(200);
    health.push(performance.now() - began);
    await delay(PROBE_EVERY_MS);
  }
  const { accepted, statuses, unanswered } = await report;
  expect(unanswered).toBe(0);
  expect(Object.keys(statuses).filter((status) => !/^(?:2\d\d|429|503)$/.test(status))).toEqual([]);
  expect(accepted.logs).toBeGreaterThan(0);
  health.sort((a, b) => a - b);
  expect(health[Math.floor(health.length * 0.99)]).toBeLessThan(HEALTH_P99_MS);
  const status = await readFile(`/proc/${await server.serverPid()}/status`, 'utf8');
  expect(Number(/VmHWM:\s+(\d+) kB/.exec(status)?.[1]) * 1024).toBeLessThan(RSS_BYTES_MAX);

  const api = await signIn(server.url, server.adminEmail, server.adminPassword);
  const stored = async () => {
    const { totals } = (await (await api.get('/usage')).json()) as {
      totals: { logsCount: number; spansCount: number; metricsCount: number };
    };
    return { logs: totals.logsCount, spans: totals.spansCount, metrics: totals.metricsCount };
  };
  await expect.poll(stored, { timeout: 180_000, interval: 1000 }).toEqual(accepted);
});

import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sendLogs, signIn, startServer } from '@aegisguard/testkit';
import { afterAll, beforeAll, expect, it } from 'vitest';

let dataDir: string;

beforeAll(async () => {
  dataDir = await mkdtemp(join(tmpdir(), 'aegis-start-'));
});

afterAll(async () => {
  await rm(dataDir, { recursive: true, force: true });
});

it('is ready within five seconds on a directory that is there already, and finds a log two seconds after it was sent', async () => {
  const first = await startServer({ dataDir });
  expect(await first.stop()).toBe(0);
  const startedMs = performance.now();
  const second = await startServer({ dataDir });
  const readyMs = performance.now() - startedMs;
  const api = await signIn(second.url, second.adminEmail, second.adminPassword);
  const found = async () => {
    const answer = await api.post('/query/logs/search', { query: '{service="swift"}' });
    return ((await answer.json()) as { logs: unknown[] }).logs.length;
  };
  expect((await sendLogs(second.url, second, [{ service: 'swift', message: 'here' }])).status).toBe(202);
  await expect.poll(found, { timeout: 2000, interval: 50 }).toBe(1);
  expect(await second.stop()).toBe(0);
  expect(readyMs).toBeLessThan(5000);
});

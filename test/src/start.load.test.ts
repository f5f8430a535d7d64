import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sendLogs, signIn, startServer } from '@aegisguard/testkit';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { openTail } from './open-tail.ts';

let dataDir: string;

beforeAll(async () => {
  dataDir = await mkdtemp(join(tmpdir(), 'aegis-start-'));
});

afterAll(async () => {
  await rm(dataDir, { recursive: true, force: true });
});

it('is ready within five seconds on a directory that is there already; a log is in a tail after a second, and found after two', async () => {
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
  const tail = await openTail(second.url, api.accessToken, '{service="swift"}');
  expect((await sendLogs(second.url, second, [{ service: 'swift', message: 'here' }])).status).toBe(202);
  const sentMs = performance.now();
  await expect.poll(() => tail.messages(), { timeout: 1000, interval: 5 }).toEqual(['here']);
  await expect.poll(found, { timeout: 2000 - (performance.now() - sentMs), interval: 50 }).toBe(1);
  tail.close();
  expect(await second.stop()).toBe(0);
  expect(readyMs).toBeLessThan(5000);
});

import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startServer } from '@aegisguard/testkit';
import { afterAll, beforeAll, expect, it } from 'vitest';

let dataDir: string;

beforeAll(async () => {
  dataDir = await mkdtemp(join(tmpdir(), 'aegis-start-'));
});

afterAll(async () => {
  await rm(dataDir, { recursive: true, force: true });
});

it('is ready within five seconds on a directory that is there already', async () => {
  const first = await startServer({ dataDir });
  expect(await first.stop()).toBe(0);
  const startedMs = performance.now();
  const second = await startServer({ dataDir });
  const readyMs = performance.now() - startedMs;
  expect(await second.stop()).toBe(0);
  expect(readyMs).toBeLessThan(5000);
});

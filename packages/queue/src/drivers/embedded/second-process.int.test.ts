import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { type EmbeddedHarness, openEmbeddedHarness } from './embedded-harness.ts';

const CHILD = fileURLToPath(new URL('./append.child.ts', import.meta.url));

let harness: EmbeddedHarness;

beforeEach(async () => {
  harness = await openEmbeddedHarness();
});

afterEach(async () => {
  await harness.dispose();
});

it('is refused with an error that names the first, and let in when that is gone', async () => {
  const { directory } = harness;
  const run = () =>
    spawnSync(process.execPath, ['--conditions=@aegisguard/source', CHILD, directory, '1', '3'], { encoding: 'utf8' });
  const refused = run();
  expect(refused.status).not.toBe(0);
  expect(refused.stderr).toContain(`is in use by another process (pid ${process.pid})`);
  await harness.queue.close();
  const served = run();
  expect(served.stderr).toBe('');
  expect(served.status).toBe(0);
  await harness.start();
});

it('is refused in the same process too', async () => {
  await expect(harness.openSecond()).rejects.toMatchObject({
    code: 'unavailable',
    retryAfterSeconds: expect.any(Number),
  });
});

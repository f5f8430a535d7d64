import { spawnSync } from 'node:child_process';
import { chmod, mkdir, mkdtemp, readdir, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { AT_ONCE, appendAll, consumer } from '../../conformance/queue-under-test.ts';
import { openEmbeddedQueue } from './embedded-queue.ts';

const CHILD = fileURLToPath(new URL('./append.child.ts', import.meta.url));

let root: string;

beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'aegis-queue-modes-'));
});

afterEach(async () => {
  await rm(root, { recursive: true });
});

/** What others may do with a directory and everything in it, by path. */
async function openToOthers(directory: string): Promise<string[]> {
  const entries = await readdir(directory, { recursive: true });
  const found: string[] = [];
  for (const entry of ['', ...entries]) {
    const { mode } = await stat(join(directory, entry));
    if ((mode & 0o077) !== 0) {
      found.push(`${entry} ${(mode & 0o777).toString(8)}`);
    }
  }
  return found;
}

it.each(['000', '022', '077'])('belong to our user alone under a umask of %s', async (umask) => {
  const directory = join(root, 'queue');
  const script = `umask ${umask}; exec "$0" "$@"`;
  const args = ['--conditions=@aegisguard/source', CHILD, directory, '1', '300'];
  const { status, stderr } = spawnSync('sh', ['-c', script, process.execPath, ...args], { encoding: 'utf8' });
  expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
  expect((await readdir(directory, { recursive: true })).length).toBeGreaterThan(4);
  expect(await openToOthers(directory)).toEqual([]);
});

it('belong to our user alone while the queue is open, in a directory that others could enter before', async () => {
  const directory = join(root, 'queue');
  await mkdir(directory);
  await chmod(directory, 0o755);
  const queue = await openEmbeddedQueue({ directory, logger: { info: () => undefined, warn: () => undefined } });
  await appendAll(queue, 'a');
  const [a] = await queue.read(consumer(), AT_ONCE);
  await queue.bury(consumer(), a?.id ?? '', 'why');
  await queue.remember([{ key: 'k', fingerprint: 'f', response: 'r', expiresAtMs: Date.now() + 60_000 }]);
  const files = await readdir(directory, { recursive: true });
  expect(files).toEqual(
    expect.arrayContaining(['receipts.sqlite-wal', 'logs%3araw/dead.log', 'logs%3araw/workers.journal']),
  );
  expect(await openToOthers(directory)).toEqual([]);
  await queue.close();
});

import { spawnSync } from 'node:child_process';
import { mkdtemp, rm, stat, statfs, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, expect, it, type TestContext } from 'vitest';
import { AT_ONCE, appendAll, consumer, idsOf, message, STREAM, textsOf } from '../../conformance/queue-under-test.ts';
import type { QueueDriver } from '../../driver.ts';
import { openEmbeddedQueue } from './embedded-queue.ts';
import { fileNameOf } from './file-name.ts';

const DISK_BYTES = 24 * 1024 ** 2;
const UNAVAILABLE = { code: 'unavailable', retryAfterSeconds: expect.any(Number) };

let root: string;
let mounted: string | undefined;

beforeEach(async () => {
  warnings.length = 0;
  root = await mkdtemp(join(tmpdir(), 'aegis-queue-full-'));
  const { status, stderr } = spawnSync('mount', ['-t', 'tmpfs', '-o', `size=${DISK_BYTES}`, 'tmpfs', root], {
    encoding: 'utf8',
  });
  mounted = status === 0 ? undefined : `no small disk can be mounted here: ${stderr ?? ''}`.trim();
});

afterEach(async () => {
  if (mounted === undefined) {
    spawnSync('umount', ['--lazy', root]);
  }
  await rm(root, { recursive: true, force: true });
});

function skipWithoutDisk(context: TestContext): void {
  if (mounted !== undefined) {
    context.skip(mounted);
  }
}

const warnings: string[] = [];

function open(directory = join(root, 'queue')): Promise<QueueDriver> {
  const warn = (_: object, text: string) => warnings.push(text);
  return openEmbeddedQueue({ directory, segmentBytesMax: 1024 ** 2, logger: { info: () => undefined, warn } });
}

/** Takes the space that is left, but for a few blocks. */
async function fillDisk(blocksLeft = 0): Promise<string> {
  const { bavail, bsize } = await statfs(root);
  const path = join(root, 'filler');
  await writeFile(path, Buffer.alloc((bavail - blocksLeft) * bsize));
  expect((await statfs(root)).bavail).toBe(blocksLeft);
  return path;
}

it('a full disk refuses appends, keeps what is there, and takes appends again when there is space', async (context) => {
  skipWithoutDisk(context);
  const queue = await open();
  const big = { lane: '', headers: 'big', body: new Uint8Array(100_000) };
  expect(await queue.read(consumer(), AT_ONCE)).toEqual([]);
  await appendAll(queue, 'a', 'b');
  await expect(queue.ping()).resolves.toBeUndefined();
  const filler = await fillDisk();
  const refused = await Promise.allSettled([queue.append(STREAM, big), queue.append(STREAM, big)]);
  expect(refused.map(({ status }) => status)).toEqual(['rejected', 'rejected']);
  await expect(queue.append(STREAM, big)).rejects.toMatchObject(UNAVAILABLE);
  await expect(queue.ping()).rejects.toMatchObject({ code: 'unavailable' });
  expect(textsOf(await queue.read(consumer(), AT_ONCE))).toEqual(['a', 'b']);
  expect(await queue.stats(STREAM, 'workers')).toMatchObject({ depth: 2, bytes: 2 });

  await rm(filler);
  // Each of them would try the disk.
  await Promise.all(Array.from({ length: 20 }, () => queue.ping()));
  const receipt = { key: 'k', fingerprint: 'f', response: 'r', expiresAtMs: Date.now() + 60_000 };
  expect(await queue.append(STREAM, message('c'), [receipt])).toHaveProperty('id');
  expect(await queue.findReceipt('k')).toEqual(receipt);
  await queue.close();

  const again = await open();
  const all = [...(await again.claim(consumer(), 0, 10)), ...(await again.read(consumer(), AT_ONCE))];
  expect(textsOf(all)).toEqual(['a', 'b', 'c']);
  await again.close();
});

it('a receipt of a refused append is not kept', async (context) => {
  skipWithoutDisk(context);
  const queue = await open();
  await appendAll(queue, 'a');
  const filler = await fillDisk();
  const receipt = { key: 'k', fingerprint: 'f', response: 'r', expiresAtMs: Date.now() + 60_000 };
  const big = { lane: '', headers: '{}', body: new Uint8Array(100_000) };
  await expect(queue.append(STREAM, big, [receipt])).rejects.toMatchObject(UNAVAILABLE);
  expect(await queue.findReceipt('k')).toBeUndefined();
  await rm(filler);
  expect(await queue.append(STREAM, big, [receipt])).toHaveProperty('id');
  await queue.close();
});

it('a part of a refused append does not stay in the file', async (context) => {
  skipWithoutDisk(context);
  let queue = await open();
  await appendAll(queue, 'a');
  const filler = await fillDisk(5);
  const big = { lane: '', headers: '{}', body: new Uint8Array(100_000) };
  await expect(queue.append(STREAM, big)).rejects.toMatchObject(UNAVAILABLE);
  await queue.close();
  await rm(filler);
  queue = await open();
  expect(warnings).toEqual([]);
  expect(textsOf(await queue.read(consumer(), AT_ONCE))).toEqual(['a']);
  await queue.close();
});

/** Makes a group's journal so long that its next entries need another block. */
async function fillJournalBlock(queue: QueueDriver): Promise<void> {
  const path = join(root, 'queue', fileNameOf(STREAM), 'workers.journal');
  const size = async () => (await stat(path).catch(() => ({ size: 0 }))).size;
  const { bsize } = await statfs(root);
  while ((await size()) < bsize - 150) {
    await appendAll(queue, 'small');
    await queue.ack(consumer(), idsOf(await queue.read(consumer(), AT_ONCE)));
  }
  expect(await size()).toBeLessThanOrEqual(bsize);
}

it('consumers go on while the disk is full, over a restart too, and so make room', async (context) => {
  skipWithoutDisk(context);
  let queue = await open();
  await fillJournalBlock(queue);
  const body = new Uint8Array(300_000);
  for (let i = 0; i < 20; i += 1) {
    await queue.append(STREAM, { lane: '', headers: `${i}`, body });
  }
  const read = () => queue.read(consumer(), { countMax: 1, bytesMax: 1, waitMs: 0 });
  await fillDisk();
  await expect(queue.append(STREAM, { lane: '', headers: 'refused', body })).rejects.toMatchObject(UNAVAILABLE);
  await queue.close();
  queue = await open();
  const seen: string[] = [];
  for (let deliveries = await read(); deliveries.length > 0; deliveries = await read()) {
    seen.push(...deliveries.map(({ headers }) => headers));
    await queue.ack(consumer(), idsOf(deliveries));
  }
  expect(seen).toEqual(Array.from({ length: 20 }, (_, i) => `${i}`));
  // The used-up segments go in the background.
  await expect.poll(async () => (await statfs(root)).bavail).toBeGreaterThan(256);
  expect(await queue.append(STREAM, { lane: '', headers: 'accepted', body })).toHaveProperty('id');
  await queue.close();

  const again = await open();
  expect(warnings).toContainEqual(expect.stringContaining('acknowledgements cannot be written'));
  const left = [...(await again.claim(consumer(), 0, 100)), ...(await again.read(consumer(), AT_ONCE))];
  expect(left.map(({ headers }) => headers)).toEqual(['accepted']);
  await again.close();
});

it('acknowledgements made while the disk is full are written when there is space', async (context) => {
  skipWithoutDisk(context);
  let queue = await open();
  await fillJournalBlock(queue);
  await appendAll(queue, 'a', 'b', 'c', 'd', 'e', 'f');
  const ids = idsOf(await queue.read(consumer(), AT_ONCE));
  const filler = await fillDisk();
  for (const id of ids.slice(0, 5)) {
    await queue.ack(consumer(), [id]);
  }
  await rm(filler);
  await queue.ack(consumer(), ids.slice(5));
  await queue.close();
  queue = await open();
  expect(await queue.claim(consumer(), 0, 100)).toEqual([]);
  expect(await queue.stats(STREAM, 'workers')).toMatchObject({ depth: 0, bytes: 0, pending: 0 });
  await queue.close();
});

it('a file that may not grow refuses appends without killing the process', async () => {
  const child = fileURLToPath(new URL('./append.child.ts', import.meta.url));
  const directory = await mkdtemp(join(tmpdir(), 'aegis-queue-limit-'));
  // 400 blocks of 512 or 1024 bytes, depending on the shell: either is less than 200 messages need.
  const script = 'trap "" XFSZ; ulimit -f 400; exec "$0" "$@"';
  const args = ['--conditions=@aegisguard/source', child, directory, '7', '200'];
  const { stderr, stdout } = spawnSync('sh', ['-c', script, process.execPath, ...args], { encoding: 'utf8' });
  expect(stderr).toContain('EFBIG');
  expect(stderr).toContain("code: 'unavailable'");
  const appended = stdout.split('\n').filter((line) => line.startsWith('appended '));
  expect(appended.length).toBeGreaterThan(3);

  const queue = await open(directory);
  const names = (await queue.read(consumer(), AT_ONCE)).map(({ headers }) => headers);
  expect(names).toEqual(expect.arrayContaining(appended.map((line) => line.slice('appended '.length))));
  await queue.close();
  await rm(directory, { recursive: true });
});

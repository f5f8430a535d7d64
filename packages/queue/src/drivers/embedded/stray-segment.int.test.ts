import { spawnSync } from 'node:child_process';
import { chown, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { AT_ONCE, appendAll, consumer, idsOf, message, STREAM, textsOf } from '../../conformance/queue-under-test.ts';
import type { QueueDriver } from '../../driver.ts';
import { type EmbeddedHarness, openEmbeddedHarness } from './embedded-harness.ts';
import { openEmbeddedQueue } from './embedded-queue.ts';
import { encodeFileHeader, newFileHeader } from './file-header.ts';
import { fileNameOf } from './file-name.ts';
import { createSegment, segmentPath } from './segment.ts';
import { encodeMessage } from './segment-record.ts';

const CHILD = fileURLToPath(new URL('./roll-failure.child.ts', import.meta.url));
const NOBODY = 65_534;
const FOLDER = fileNameOf(STREAM);

async function everything(queue: QueueDriver) {
  return [...(await queue.claim(consumer(), 0, 100)), ...(await queue.read(consumer(), AT_ONCE))];
}

it('is not left by a segment that could not be made durable: what is appended afterwards is kept', async () => {
  const directory = await mkdtemp(join(tmpdir(), 'aegis-queue-roll-'));
  try {
    if (process.getuid?.() === 0) {
      await chown(directory, NOBODY, NOBODY);
    }
    const args = ['--conditions=@aegisguard/source', CHILD, directory, String(NOBODY)];
    const { stdout, stderr, signal } = spawnSync(process.execPath, args, { encoding: 'utf8' });
    expect({ stderr, signal }).toEqual({ stderr: '', signal: 'SIGKILL' });
    expect(stdout).toMatch(/refused \(.*no segment after .*\) large/);
    const files = await readdir(join(directory, FOLDER));
    expect(files.filter((file) => file.includes('.seg'))).toEqual(['0000000000000001.seg']);

    const warnings: string[] = [];
    const warn = (_: object, text: string) => warnings.push(text);
    const queue = await openEmbeddedQueue({ directory, logger: { info: () => undefined, warn } });
    expect(warnings).toEqual([]);
    expect((await everything(queue)).map(({ headers }) => headers)).toEqual(['first', 'second', 'third']);
    await queue.close();
  } finally {
    await rm(directory, { recursive: true });
  }
});

let harness: EmbeddedHarness;

beforeEach(async () => {
  harness = await openEmbeddedHarness();
  await appendAll(harness.queue, 'a', 'b', 'c', 'd');
});

afterEach(async () => {
  await harness.dispose();
});

const inFolder = async (directory: string, suffix: string) =>
  (await readdir(join(directory, FOLDER))).filter((file) => file.endsWith(suffix)).sort();

it('is set aside when it is empty, and hides none of the messages whose numbers it claims', async () => {
  await harness.reopenAfter(async (directory) => {
    await createSegment(join(directory, FOLDER), { seq: 3, bytes: 2 });
  });
  expect(harness.warnings).toEqual([expect.stringMatching(/queue recovered.*began before.*0 messages.*aside/)]);
  const [e] = await appendAll(harness.queue, 'e');
  const deliveries = await harness.queue.read(consumer(), AT_ONCE);
  expect(textsOf(deliveries)).toEqual(['a', 'b', 'c', 'd', 'e']);
  expect(idsOf(deliveries).at(-1)).toBe(e);
  expect(new Set(idsOf(deliveries)).size).toBe(5);
  await harness.reopen();
  expect(harness.warnings).toHaveLength(1);
  expect(await inFolder(harness.directory, '.seg')).toHaveLength(1);
});

it('is set aside between others, sealed or not', async () => {
  await harness.dispose();
  harness = await openEmbeddedHarness({ segmentBytesMax: 300 });
  const texts = Array.from({ length: 30 }, (_, i) => `m${i}`);
  await appendAll(harness.queue, ...texts);
  await harness.reopenAfter(async (directory) => {
    const [first = '', second = ''] = await inFolder(directory, '.seg');
    const base = Number.parseInt(second, 10);
    expect(Number.parseInt(first, 10)).toBeLessThan(base - 1);
    await createSegment(join(directory, FOLDER), { seq: base - 1, bytes: 0 });
  });
  expect(harness.warnings).toHaveLength(1);
  expect(textsOf(await harness.queue.read(consumer(), AT_ONCE))).toEqual(texts);
  expect(await harness.queue.stats(STREAM, 'workers')).toMatchObject({ depth: 30, pending: 30 });
});

it('has its messages appended again, with their receipts, when an older version went on in it', async () => {
  const receipt = { key: 'k', fingerprint: 'f', response: 'r', expiresAtMs: harness.nowMs() + 60_000 };
  const seen = idsOf(await harness.queue.read(consumer(), AT_ONCE));
  await harness.reopenAfter(async (directory) => {
    const header = newFileHeader(3, 2);
    const records = ['x', 'y'].map((text, index) => {
      const record = { seq: 3 + index, bytesBefore: 2 + index, appendedAtMs: 1, isReplay: false, ...message(text) };
      return encodeMessage(header.marker, record, text === 'x' ? [receipt] : []);
    });
    await writeFile(segmentPath(join(directory, FOLDER), 3), [encodeFileHeader(header), ...records.flat()]);
  });
  expect(harness.warnings).toEqual([expect.stringMatching(/queue recovered.*2 messages were appended again/)]);
  expect(textsOf(await harness.queue.claim(consumer(), 0, 100))).toEqual(['a', 'b', 'c', 'd']);
  const again = await harness.queue.read(consumer(), AT_ONCE);
  expect(again.map(({ deliveryCount }) => deliveryCount)).toEqual([2, 2]);
  expect(textsOf(again)).toEqual(['x', 'y']);
  expect(seen).not.toContain(again[0]?.id);
  expect(await harness.queue.findReceipt('k')).toEqual(receipt);
  expect(await inFolder(harness.directory, '.seg')).toHaveLength(1);
});

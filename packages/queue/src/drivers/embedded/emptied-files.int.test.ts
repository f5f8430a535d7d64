import { open, readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { AT_ONCE, consumer, idsOf, message, STREAM, textsOf } from '../../conformance/queue-under-test.ts';
import { type EmbeddedHarness, openEmbeddedHarness } from './embedded-harness.ts';

const MARKER = 'alice@example.com';
const DAY_MS = 24 * 3_600_000;
const QUIET_MS = 100;
/** With room for a busy machine. */
const SOON = { interval: 20 };

let harness: EmbeddedHarness;

beforeEach(async () => {
  harness = await openEmbeddedHarness({ quietMs: QUIET_MS });
});

afterEach(async () => {
  await harness.dispose();
});

/** Files under the queue's directory that hold the marker. */
async function filesWith(marker = MARKER): Promise<string[]> {
  const found = [];
  for (const entry of await readdir(harness.directory, { recursive: true, withFileTypes: true })) {
    const path = join(entry.parentPath, entry.name);
    if (entry.isFile() && (await readFile(path).catch(() => Buffer.alloc(0))).includes(marker)) {
      found.push(entry.name);
    }
  }
  return found;
}

async function appendMarked(count: number): Promise<void> {
  const texts = Array.from({ length: count }, (_, i) => `${i} ${MARKER}`);
  await Promise.all(texts.map((text) => harness.queue.append(STREAM, message(text, 'org'))));
}

async function buryAll(): Promise<string[]> {
  for (const { id } of await harness.queue.read(consumer(), AT_ONCE)) {
    await harness.queue.bury(consumer(), id, 'why');
  }
  return (await harness.queue.deadLetters(STREAM, 100)).map(({ id }) => id);
}

describe('what was worked off', () => {
  it('leaves the disk soon, and numbers go on', async () => {
    await appendMarked(1000);
    const deliveries = await harness.queue.read(consumer(), AT_ONCE);
    expect(deliveries).toHaveLength(1000);
    await harness.queue.ack(consumer(), idsOf(deliveries.slice(1)));
    expect(await filesWith()).toHaveLength(1);
    await harness.queue.ack(consumer(), idsOf(deliveries));
    await expect.poll(() => filesWith(), SOON).toEqual([]);
    await harness.crash();
    await appendMarked(1);
    const [next] = await harness.queue.read(consumer(), AT_ONCE);
    expect(Number(next?.id)).toBe(1001);
    expect(next?.deliveryCount).toBe(1);
    expect(harness.warnings).toEqual([]);
  });

  it('leaves it when its lane is forgotten, dead letters included', async () => {
    await appendMarked(10);
    await buryAll();
    await expect.poll(() => filesWith(), SOON).toEqual(['dead.log']);
    await appendMarked(100);
    await harness.queue.read(consumer(), { ...AT_ONCE, countMax: 50 });
    expect(await filesWith()).toHaveLength(2);
    expect(await harness.queue.forgetLane(STREAM, 'workers', 'org')).toEqual({ messages: 100, deadLetters: 10 });
    await expect.poll(() => filesWith(), SOON).toEqual([]);
    expect(harness.warnings).toEqual([]);
  });

  it('leaves it under a trickle, too', async () => {
    await appendMarked(10);
    let trickles = true;
    const trickle = (async () => {
      while (trickles) {
        await harness.queue.append(STREAM, message('harmless'));
        const deliveries = await harness.queue.read(consumer(), { ...AT_ONCE, waitMs: 20 });
        await harness.queue.ack(consumer(), idsOf(deliveries));
        await harness.queue.read(consumer(), { ...AT_ONCE, waitMs: 20 });
      }
    })();
    try {
      await expect.poll(() => filesWith(), SOON).toEqual([]);
    } finally {
      trickles = false;
      await trickle;
    }
  });

  it('leaves it when the queue is closed, and when it is opened after a crash', async () => {
    await harness.dispose();
    // Nothing is quiet for so long.
    harness = await openEmbeddedHarness({ quietMs: DAY_MS });
    for (const again of [() => harness.reopen(), () => harness.crash()]) {
      await appendMarked(10);
      await harness.queue.ack(consumer(), idsOf(await harness.queue.read(consumer(), AT_ONCE)));
      expect(await filesWith()).toHaveLength(1);
      await again();
      await expect.poll(() => filesWith(), SOON).toEqual([]);
    }
  });

  it('stays while another group has not seen it', async () => {
    await harness.queue.read(consumer('c', 'slow'), AT_ONCE);
    await appendMarked(3);
    await harness.queue.ack(consumer(), idsOf(await harness.queue.read(consumer(), AT_ONCE)));
    await harness.reopen();
    expect(await filesWith()).toHaveLength(1);
    const late = await harness.queue.read(consumer('c', 'slow'), AT_ONCE);
    expect(late).toHaveLength(3);
    await harness.queue.ack(consumer('c', 'slow'), idsOf(late));
    await expect.poll(() => filesWith(), SOON).toEqual([]);
  });
});

describe('a dead letter', () => {
  it('leaves the disk at once when it is discarded or replayed, and the others stay', async () => {
    await appendMarked(2);
    await harness.queue.append(STREAM, message('harmless'));
    const [first = '', second = '', third = ''] = await buryAll();
    await expect.poll(() => filesWith(), SOON).toEqual(['dead.log']);
    await harness.queue.discard(STREAM, first);
    await harness.queue.replay(STREAM, second);
    expect(await filesWith()).not.toContain('dead.log');
    await harness.queue.ack(consumer(), idsOf(await harness.queue.read(consumer(), AT_ONCE)));
    await expect.poll(() => filesWith(), SOON).toEqual([]);
    await harness.crash();
    expect((await harness.queue.deadLetters(STREAM, 10)).map(({ id }) => id)).toEqual([third]);
    await harness.queue.replay(STREAM, third);
    expect(textsOf(await harness.queue.read(consumer(), AT_ONCE))).toEqual(['harmless']);
    expect(harness.warnings).toEqual([]);
  });

  it('leaves the disk after thirty days', async () => {
    await appendMarked(1);
    await buryAll();
    await harness.elapse(29 * DAY_MS);
    await harness.queue.append(STREAM, message('later'));
    await buryAll();
    expect((await harness.queue.stats(STREAM, 'workers')).dead).toBe(2);
    await harness.elapse(DAY_MS);
    await harness.queue.claim(consumer(), 0, 1);
    await expect.poll(() => filesWith(), SOON).toEqual([]);
    expect(await harness.queue.deadLetters(STREAM, 10)).toHaveLength(1);
    expect(harness.queue.totals()).toMatchObject([{ buried: 2, dropped: 1 }]);
    expect(harness.warnings).toEqual([expect.stringContaining('too old')]);
  });

  it.each([20, 60, 100])('is overwritten by the next start when a crash came after %i bytes of that', async (bytes) => {
    const text = `${'x'.repeat(300)} ${MARKER}`;
    await harness.queue.append(STREAM, message(text));
    await harness.queue.append(STREAM, message('stays'));
    const [first = ''] = await buryAll();
    const path = () => join(harness.directory, 'logs%3araw', 'dead.log');
    const before = await readFile(path());
    await harness.queue.discard(STREAM, first);
    const after = await readFile(path());
    expect(after.length).toBeGreaterThan(before.length);
    await harness.reopenAfter(async () => {
      const torn = Buffer.concat([
        after.subarray(0, 64 + bytes),
        before.subarray(64 + bytes),
        after.subarray(before.length),
      ]);
      expect(torn.includes(MARKER)).toBe(true);
      const file = await open(path(), 'r+');
      await file.write(torn, 0, torn.length, 0);
      await file.close();
    });
    expect(await filesWith()).toEqual([]);
    expect(await harness.queue.deadLetters(STREAM, 10)).toHaveLength(1);
    expect(harness.warnings).toEqual([]);
  });
});

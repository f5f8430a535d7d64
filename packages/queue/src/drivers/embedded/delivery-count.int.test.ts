import { copyFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { AT_ONCE, appendAll, consumer, STREAM, textsOf } from '../../conformance/queue-under-test.ts';
import type { Delivery } from '../../driver.ts';
import { type EmbeddedHarness, openEmbeddedHarness } from './embedded-harness.ts';
import { fileNameOf } from './file-name.ts';

let harness: EmbeddedHarness;

beforeEach(async () => {
  harness = await openEmbeddedHarness();
});

afterEach(async () => {
  await harness.dispose();
});

const countsOf = (deliveries: readonly Delivery[]) =>
  deliveries.map((delivery) => [textsOf([delivery])[0], delivery.deliveryCount]);

const inStream = (directory: string, file: string) => join(directory, fileNameOf(STREAM), file);

it('is at least 2 for what was there before a restart, and 1 for what came after it', async () => {
  await appendAll(harness.queue, 'a', 'b', 'c', 'd');
  const [a] = await harness.queue.read(consumer(), { ...AT_ONCE, countMax: 2 });
  await harness.queue.ack(consumer(), [a?.id ?? '']);
  await harness.crash();
  await appendAll(harness.queue, 'new');
  expect(countsOf(await harness.queue.claim(consumer(), 0, 10))).toEqual([['b', 2]]);
  const read = { ...AT_ONCE, countMax: 2 };
  expect(countsOf(await harness.queue.read(consumer(), { ...AT_ONCE, countMax: 1 }))).toEqual([['c', 2]]);
  expect(countsOf(await harness.queue.read(consumer(), read))).toEqual([
    ['d', 2],
    ['new', 1],
  ]);
  expect(countsOf(await harness.queue.read(consumer('c', 'later'), { ...AT_ONCE, countMax: 9 }))).toEqual([
    ['b', 2],
    ['c', 2],
    ['d', 2],
    ['new', 1],
  ]);
  // The journal tells the counts apart.
  await harness.crash();
  const claimed = countsOf(await harness.queue.claim(consumer(), 0, 10));
  expect(claimed).toEqual([
    ['b', 3],
    ['c', 3],
    ['d', 3],
    ['new', 2],
  ]);
});

it.each(['older', 'gone', 'damaged'])(
  'is at least 2 for what was delivered although the journal, %s, does not say so',
  async (journal) => {
    const path = (directory: string) => inStream(directory, 'workers.journal');
    await harness.queue.read(consumer(), AT_ONCE);
    const kept = join(harness.directory, 'kept');
    await copyFile(path(harness.directory), kept);
    await appendAll(harness.queue, 'a', 'b');
    await harness.queue.read(consumer(), AT_ONCE);
    await harness.reopenAfter(async (directory) => {
      if (journal === 'older') {
        await copyFile(kept, path(directory));
      } else if (journal === 'gone') {
        await rm(path(directory));
      } else {
        await writeFile(path(directory), 'x'.repeat(500));
      }
    });
    expect(countsOf(await harness.queue.read(consumer(), AT_ONCE))).toEqual([
      ['a', 2],
      ['b', 2],
    ]);
  },
);

it('is at least 2 for both messages when a replayed letter is there again, because forgetting it was lost', async () => {
  const dead = (directory: string) => inStream(directory, 'dead.log');
  await appendAll(harness.queue, 'a');
  const [a] = await harness.queue.read(consumer(), AT_ONCE);
  await harness.queue.bury(consumer(), a?.id ?? '', 'why');
  const [letter] = await harness.queue.deadLetters(STREAM, 10);
  const kept = join(harness.directory, 'kept');
  await copyFile(dead(harness.directory), kept);
  expect(await harness.queue.replay(STREAM, letter?.id ?? '')).toBe(true);
  await harness.reopenAfter((directory) => copyFile(kept, dead(directory)));
  expect(await harness.queue.deadLetters(STREAM, 10)).toEqual([letter]);
  expect(await harness.queue.replay(STREAM, letter?.id ?? '')).toBe(true);
  expect(await harness.queue.deadLetters(STREAM, 10)).toEqual([]);
  expect(countsOf(await harness.queue.read(consumer(), AT_ONCE))).toEqual([
    ['a', 2],
    ['a', 2],
  ]);
});

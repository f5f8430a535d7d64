import { readdir, readFile, rm, truncate, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { AT_ONCE, consumer, idsOf, message, STREAM } from '../../conformance/queue-under-test.ts';
import type { Receipt } from '../../driver.ts';
import { type EmbeddedHarness, openEmbeddedHarness } from './embedded-harness.ts';
import { fileNameOf } from './file-name.ts';
import { ReceiptStore } from './receipt-store.ts';

const DAY_MS = 24 * 3_600_000;

let harness: EmbeddedHarness;

beforeEach(async () => {
  harness = await openEmbeddedHarness({ segmentBytesMax: 4000 });
});

afterEach(async () => {
  await harness.dispose();
});

function receiptFor(key: string): Receipt {
  return { key, fingerprint: 'f', response: '{"accepted":1}', expiresAtMs: harness.nowMs() + DAY_MS };
}

/** In groups of ten, so that they fill several segments: what is appended together is written together. */
async function appendWithReceipts(count: number): Promise<void> {
  for (let done = 0; done < count; done += 10) {
    const names = Array.from({ length: 10 }, (_, i) => done + i);
    await Promise.all(names.map((n) => harness.queue.append(STREAM, message(`m${n}`), [receiptFor(`k${n}`)])));
  }
}

async function expectReceipts(count: number): Promise<void> {
  for (let i = 0; i < count; i += 1) {
    expect(await harness.queue.findReceipt(`k${i}`)).toEqual(receiptFor(`k${i}`));
  }
}

async function drain(): Promise<void> {
  const deliveries = await harness.queue.read(consumer(), AT_ONCE);
  await harness.queue.ack(consumer(), idsOf(deliveries));
}

const segmentCount = async () =>
  (await readdir(join(harness.directory, fileNameOf(STREAM)))).filter((file) => file.endsWith('.seg')).length;

it('survive their messages, whose segments are deleted', async () => {
  await appendWithReceipts(500);
  expect(await segmentCount()).toBeGreaterThan(5);
  await drain();
  // Used-up segments go in the background.
  await harness.reopen();
  await expect.poll(segmentCount).toBe(1);
  await expectReceipts(500);
});

it('are put back from the segments when the index never got them', async () => {
  await appendWithReceipts(100);
  await harness.reopenAfter(async (directory) => {
    for (const file of ['receipts.sqlite', 'receipts.sqlite-wal']) {
      await rm(join(directory, file), { force: true });
    }
  });
  expect(harness.warnings).toEqual([]);
  await expectReceipts(100);
});

it.each(['not a database at all', 'cut in the middle', 'cut to nothing', 'overwritten inside'])(
  'are put back from the segments when the index is damaged: %s',
  async (how) => {
    await appendWithReceipts(300);
    await harness.reopenAfter(async (directory) => {
      const path = join(directory, 'receipts.sqlite');
      const bytes = await readFile(path);
      expect(bytes.length).toBeGreaterThan(12_288);
      if (how === 'not a database at all') {
        await writeFile(path, 'x'.repeat(bytes.length));
      } else if (how === 'overwritten inside') {
        await writeFile(path, bytes.fill(0x5a, 4096));
      } else {
        await truncate(path, how === 'cut to nothing' ? 0 : 8192);
      }
    });
    // A damaged page shows when it is read; then the index is made anew in the background.
    await expect.poll(() => harness.queue.findReceipt('k299')).toEqual(receiptFor('k299'));
    await expectReceipts(300);
    if (how !== 'cut to nothing') {
      expect(harness.warnings).toEqual([expect.stringMatching(/queue recovered/)]);
    }
    await harness.queue.append(STREAM, message('next'), [receiptFor('next')]);
    await harness.reopen();
    expect(await harness.queue.findReceipt('next')).toEqual(receiptFor('next'));
  },
);

it('lose nothing to garbage behind the index or its log', async () => {
  await appendWithReceipts(50);
  await harness.reopenAfter(async (directory) => {
    await writeFile(join(directory, 'receipts.sqlite'), Buffer.alloc(777, 1), { flag: 'a' });
    await writeFile(join(directory, 'receipts.sqlite-wal'), Buffer.alloc(777, 1), { flag: 'a' });
    await writeFile(join(directory, 'lock.sqlite'), Buffer.alloc(777, 1), { flag: 'a' });
  });
  await expectReceipts(50);
});

it('are deleted from the index after they expired', async () => {
  await appendWithReceipts(200);
  await harness.elapse(DAY_MS + 1);
  for (let i = 0; i < 15; i += 1) {
    await harness.queue.append(STREAM, message('later'), [{ ...receiptFor(`later${i}`) }]);
    await harness.reopen();
  }
  await harness.queue.close();
  const store = new ReceiptStore(join(harness.directory, 'receipts.sqlite'));
  expect(store.count()).toBe(15);
  store.close();
});

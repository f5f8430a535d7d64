import { expect } from 'vitest';
import type { QueueDriver, Receipt } from '../driver.ts';
import {
  AT_ONCE,
  appendAll,
  type ConformanceCase,
  consumer,
  idsOf,
  message,
  type QueueHarness,
  STREAM,
  textsOf,
} from './queue-under-test.ts';

const DAY_MS = 24 * 3_600_000;

/** Dead letters and receipts. */
export const letterAndReceiptCases: readonly ConformanceCase[] = [
  {
    title: 'buries a message with its reason, and does not give it again',
    run: async (harness) => {
      await buryAll(harness.queue, 'ä', 'b');
      const check = async () => {
        const letters = await harness.queue.deadLetters(STREAM, 10);
        expect(textsOf(letters)).toEqual(['ä', 'b']);
        expect(letters.map(({ reason }) => reason)).toEqual(['why ä', 'why b']);
        expect(letters.map(({ headers }) => headers)).toEqual([message('ä').headers, message('b').headers]);
        for (const { deadAtMs } of letters) {
          expect(Math.abs(deadAtMs - harness.nowMs())).toBeLessThan(60_000);
        }
        expect(await harness.queue.stats(STREAM, 'workers')).toMatchObject({ depth: 0, bytes: 0, pending: 0, dead: 2 });
        expect(await harness.queue.claim(consumer(), 0, 10)).toEqual([]);
      };
      await check();
      await harness.crash();
      await check();
    },
  },
  {
    title: 'buries only what is delivered and not acknowledged',
    run: async ({ queue }) => {
      const [a = '', b = ''] = await appendAll(queue, 'a', 'b');
      await queue.bury(consumer(), a, 'not delivered yet');
      await queue.bury(consumer(), 'nonsense', 'unknown');
      const deliveries = await queue.read(consumer(), AT_ONCE);
      expect(idsOf(deliveries)).toEqual([a, b]);
      await queue.ack(consumer(), [a]);
      await queue.bury(consumer(), a, 'acknowledged');
      await Promise.all([queue.bury(consumer(), b, 'once'), queue.bury(consumer(), b, 'twice')]);
      expect((await queue.deadLetters(STREAM, 10)).map(({ reason }) => reason)).toEqual(['once']);
    },
  },
  {
    title: 'lists dead letters in pages',
    run: async ({ queue }) => {
      await buryAll(queue, 'a', 'b', 'c');
      const first = await queue.deadLetters(STREAM, 2);
      expect(textsOf(first)).toEqual(['a', 'b']);
      expect(textsOf(await queue.deadLetters(STREAM, 2, first[1]?.id))).toEqual(['c']);
      expect(await queue.deadLetters('other', 2)).toEqual([]);
    },
  },
  {
    title: 'replays a dead letter as a new message, once',
    run: async (harness) => {
      await buryAll(harness.queue, 'a', 'b');
      const [a, b] = await harness.queue.deadLetters(STREAM, 10);
      expect(await harness.queue.replay(STREAM, a?.id ?? '')).toBe(true);
      expect(await harness.queue.replay(STREAM, a?.id ?? '')).toBe(false);
      expect(await harness.queue.replay(STREAM, 'nonsense')).toBe(false);
      expect(await harness.queue.stats(STREAM, 'workers')).toMatchObject({ depth: 1, bytes: 1, dead: 1 });
      await harness.crash();
      const [again] = await harness.queue.read(consumer(), AT_ONCE);
      expect(again).toMatchObject({ headers: message('a').headers, deliveryCount: 1 });
      expect((await harness.queue.deadLetters(STREAM, 10)).map(({ id }) => id)).toEqual([b?.id]);
    },
  },
  {
    title: 'discards a dead letter, once, and for good',
    run: async (harness) => {
      await buryAll(harness.queue, 'a', 'b');
      const [a, b] = await harness.queue.deadLetters(STREAM, 10);
      expect(await harness.queue.discard(STREAM, a?.id ?? '')).toBe(true);
      expect(await harness.queue.discard(STREAM, a?.id ?? '')).toBe(false);
      await harness.crash();
      expect((await harness.queue.deadLetters(STREAM, 10)).map(({ id }) => id)).toEqual([b?.id]);
      expect(await harness.queue.discard(STREAM, b?.id ?? '')).toBe(true);
      await buryAll(harness.queue, 'c');
      const [c] = await harness.queue.deadLetters(STREAM, 10);
      expect([a?.id, b?.id]).not.toContain(c?.id);
    },
  },
  {
    title: 'finds a receipt at once, after a crash, and after its message is gone',
    run: async (harness) => {
      const receipt = receiptFor(harness, 'key ü');
      await harness.queue.append(STREAM, message('a'), [receipt]);
      expect(await harness.queue.findReceipt('key ü')).toEqual(receipt);
      expect(await harness.queue.findReceipt('other')).toBeUndefined();
      await harness.crash();
      expect(await harness.queue.findReceipt('key ü')).toEqual(receipt);
      await harness.queue.ack(consumer(), idsOf(await harness.queue.read(consumer(), AT_ONCE)));
      await harness.reopen();
      await harness.reopen();
      expect(await harness.queue.findReceipt('key ü')).toEqual(receipt);
    },
  },
  {
    title: 'appends nothing under a receipt that stands, whichever of its keys it is',
    run: async (harness) => {
      const { queue } = harness;
      const first = receiptFor(harness, 'k1');
      await queue.append(STREAM, message('a'), [first, receiptFor(harness, 'k2')]);
      const again = [receiptFor(harness, 'k3', 'other body'), receiptFor(harness, 'k1', 'other body')];
      expect(await queue.append(STREAM, message('b'), again)).toEqual({ existing: first });
      expect(await queue.findReceipt('k3')).toBeUndefined();
      expect(textsOf(await queue.read(consumer(), AT_ONCE))).toEqual(['a']);
    },
  },
  {
    title: 'stores one of many concurrent appends under one key, and gives its receipt to the others',
    run: async (harness) => {
      const { queue } = harness;
      const answers = await Promise.all(
        Array.from({ length: 20 }, (_, i) =>
          queue.append(STREAM, message(`m${i}`), [receiptFor(harness, 'k', `f${i}`)]),
        ),
      );
      const kept = await queue.read(consumer(), AT_ONCE);
      expect(kept).toHaveLength(1);
      const winner = answers.findIndex((answer) => 'id' in answer && answer.id === kept[0]?.id);
      for (const [index, answer] of answers.entries()) {
        expect('existing' in answer ? answer.existing.fingerprint : `f${index}`).toBe(`f${winner}`);
      }
    },
  },
  {
    title: 'forgets a receipt when it expires; its key is free again',
    run: async (harness) => {
      await harness.queue.append(STREAM, message('a'), [receiptFor(harness, 'k')]);
      await harness.elapse(DAY_MS - 3_600_000);
      expect(await harness.queue.findReceipt('k')).toBeDefined();
      await harness.elapse(2 * 3_600_000);
      expect(await harness.queue.findReceipt('k')).toBeUndefined();
      const next = receiptFor(harness, 'k', 'another');
      expect(await harness.queue.append(STREAM, message('b'), [next])).toHaveProperty('id');
      await harness.crash();
      expect(await harness.queue.findReceipt('k')).toEqual(next);
    },
  },
  {
    title: 'takes long keys and answers',
    run: async (harness) => {
      const receipt = { ...receiptFor(harness, 'k'.repeat(512)), response: 'é'.repeat(20_000) };
      await harness.queue.append(STREAM, message('a'), [receipt]);
      await harness.crash();
      expect(await harness.queue.findReceipt(receipt.key)).toEqual(receipt);
    },
  },
];

async function buryAll(queue: QueueDriver, ...texts: readonly string[]): Promise<void> {
  await appendAll(queue, ...texts);
  for (const delivery of await queue.read(consumer(), AT_ONCE)) {
    await queue.bury(consumer(), delivery.id, `why ${textsOf([delivery])[0]}`);
  }
}

function receiptFor(harness: QueueHarness, key: string, fingerprint = 'f'): Receipt {
  return { key, fingerprint, response: `{"for":"${key}"}`, expiresAtMs: harness.nowMs() + DAY_MS };
}

import { expect } from 'vitest';
import type { DeadLetter, QueueDriver, Receipt } from '../driver.ts';
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
        expect(letters.map(({ bodyBytes }) => bodyBytes)).toEqual([2, 1]);
        expect(letters.some((letter) => 'body' in letter)).toBe(false);
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
      expect(namesOf(first)).toEqual(['a', 'b']);
      expect(namesOf(await queue.deadLetters(STREAM, 2, first[1]?.id))).toEqual(['c']);
      expect(await queue.deadLetters('other', 2)).toEqual([]);
    },
  },
  {
    title: 'finds one dead letter by its id, and none by what is no id',
    run: async ({ queue }) => {
      await buryAll(queue, 'a', 'b');
      const letters = await queue.deadLetters(STREAM, 10);
      for (const letter of letters) {
        expect(await queue.deadLetter(STREAM, letter.id)).toEqual(letter);
      }
      expect(await queue.deadLetter('other', letters[0]?.id ?? '')).toBeUndefined();
      for (const id of ['', 'nonsense', '1', '0-0-0', '99999999999999999999-99999999999999999999', '９'.repeat(16)]) {
        expect(await queue.deadLetter(STREAM, id)).toBeUndefined();
        expect(await queue.replay(STREAM, id)).toBe(false);
        expect(await queue.discard(STREAM, id)).toBe(false);
        await expect(queue.deadLetters(STREAM, 10, id)).rejects.toMatchObject({ code: 'invalid-cursor' });
      }
      expect(await queue.deadLetters(STREAM, 10)).toEqual(letters);
    },
  },
  {
    title: 'lists letters with long headers and large bodies, and replays them whole',
    run: async (harness) => {
      const headers = JSON.stringify({ text: 'é'.repeat(5000) });
      const body = new Uint8Array(3_000_000).map((_, i) => i % 251);
      await harness.queue.append(STREAM, { lane: '', headers, body });
      await harness.queue.append(STREAM, { lane: '', headers: '', body: new Uint8Array(0) });
      for (const { id } of await harness.queue.read(consumer(), AT_ONCE)) {
        await harness.queue.bury(consumer(), id, 'why');
      }
      await harness.crash();
      const letters = await harness.queue.deadLetters(STREAM, 10);
      expect(letters).toMatchObject([
        { headers, bodyBytes: 3_000_000, reason: 'why' },
        { headers: '', bodyBytes: 0, reason: 'why' },
      ]);
      for (const { id } of letters) {
        expect(await harness.queue.replay(STREAM, id)).toBe(true);
      }
      const again = await harness.queue.read(consumer(), AT_ONCE);
      expect(again.map((delivery) => delivery.headers)).toEqual([headers, '']);
      expect(again.map((delivery) => Buffer.from(delivery.body).equals(body))).toEqual([true, false]);
      expect(again[1]?.body.byteLength).toBe(0);
    },
  },
  {
    title: 'drops the oldest dead letters when their bodies take too much, and counts them',
    run: async ({ queue, deadBytesMax }) => {
      const buryOne = async (name: string, bytes: number) => {
        await queue.append(STREAM, { lane: '', headers: JSON.stringify({ text: name }), body: new Uint8Array(bytes) });
        const [delivery] = await queue.read(consumer(), AT_ONCE);
        await queue.bury(consumer(), delivery?.id ?? '', 'why');
      };
      const names = async () => namesOf(await queue.deadLetters(STREAM, 10));
      const third = Math.floor(deadBytesMax / 3);
      for (const name of ['a', 'b', 'c']) {
        await buryOne(name, third);
      }
      expect(await names()).toEqual(['a', 'b', 'c']);
      await buryOne('d', third + 3);
      expect(await names()).toEqual(['c', 'd']);
      const [c] = await queue.deadLetters(STREAM, 1);
      await queue.discard(STREAM, c?.id ?? '');
      await buryOne('e', third);
      expect(await names()).toEqual(['d', 'e']);
      await buryOne('large', deadBytesMax + 1);
      expect(await names()).toEqual(['large']);
      expect(queue.totals()).toMatchObject([{ buried: 6, discarded: 1, dropped: 4 }]);
      expect(await queue.stats(STREAM, 'workers')).toMatchObject({ depth: 0, pending: 0, dead: 1 });
    },
  },
  {
    title: 'replays a dead letter as a new message, once, that does not count as new',
    run: async (harness) => {
      await buryAll(harness.queue, 'a', 'b');
      const [a, b] = await harness.queue.deadLetters(STREAM, 10);
      expect(await harness.queue.replay(STREAM, a?.id ?? '')).toBe(true);
      expect(await harness.queue.replay(STREAM, a?.id ?? '')).toBe(false);
      expect(await harness.queue.replay(STREAM, 'nonsense')).toBe(false);
      expect(await harness.queue.stats(STREAM, 'workers')).toMatchObject({ depth: 1, bytes: 1, dead: 1 });
      await harness.crash();
      const [again] = await harness.queue.read(consumer(), AT_ONCE);
      expect(again).toMatchObject({ headers: message('a').headers, deliveryCount: 2 });
      expect(textsOf(again === undefined ? [] : [again])).toEqual(['a']);
      expect((await harness.queue.deadLetters(STREAM, 10)).map(({ id }) => id)).toEqual([b?.id]);
    },
  },
  {
    title:
      'gives a replayed dead letter as delivered before to who waits for it, and counts on over claims and crashes',
    run: async (harness) => {
      await buryAll(harness.queue, 'a');
      const [a] = await harness.queue.deadLetters(STREAM, 10);
      const waiting = harness.queue.read(consumer(), { ...AT_ONCE, waitMs: 30_000 });
      await harness.queue.replay(STREAM, a?.id ?? '');
      expect((await waiting).map(({ deliveryCount }) => deliveryCount)).toEqual([2]);
      await harness.crash();
      await harness.elapse(60_001);
      const [claimed] = await harness.queue.claim(consumer('c2'), 60_000, 10);
      expect(claimed?.deliveryCount).toBe(3);
      const [id] = await appendAll(harness.queue, 'new');
      expect(await harness.queue.read(consumer(), AT_ONCE)).toMatchObject([{ id, deliveryCount: 1 }]);
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
    title: 'remembers receipts without a message, over a crash, and appends nothing under them',
    run: async (harness) => {
      const receipts = [receiptFor(harness, 'k1'), receiptFor(harness, 'k2')];
      await harness.queue.remember(receipts);
      await harness.queue.remember([]);
      expect(await harness.queue.findReceipt('k1')).toEqual(receipts[0]);
      await harness.crash();
      expect(await harness.queue.findReceipt('k2')).toEqual(receipts[1]);
      const appended = await harness.queue.append(STREAM, message('a'), [receiptFor(harness, 'k2', 'other')]);
      expect(appended).toEqual({ existing: receipts[1] });
      expect(await harness.queue.stats(STREAM, 'workers')).toMatchObject({ depth: 0 });
    },
  },
  {
    title: 'remembers nothing in the place of a receipt that stands, and agrees with an append at the same time',
    run: async (harness) => {
      const { queue } = harness;
      const kept = receiptFor(harness, 'k1');
      await queue.append(STREAM, message('a'), [kept]);
      await queue.remember([receiptFor(harness, 'k1', 'other'), receiptFor(harness, 'k2')]);
      expect(await queue.findReceipt('k1')).toEqual(kept);
      expect(await queue.findReceipt('k2')).toBeDefined();
      const [appended] = await Promise.all([
        queue.append(STREAM, message('b'), [receiptFor(harness, 'k3', 'append')]),
        queue.remember([receiptFor(harness, 'k3', 'remember')]),
      ]);
      const winner = await queue.findReceipt('k3');
      expect('existing' in appended ? appended.existing : 'append').toEqual(
        'existing' in appended ? winner : winner?.fingerprint,
      );
      await harness.elapse(DAY_MS + 1000);
      const later = receiptFor(harness, 'k1', 'later');
      await queue.remember([later]);
      await harness.crash();
      expect(await harness.queue.findReceipt('k1')).toEqual(later);
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

/** The texts of the messages that letters were. */
function namesOf(letters: readonly DeadLetter[]): string[] {
  return letters.map(({ headers }) => JSON.parse(headers).text as string);
}

function receiptFor(harness: QueueHarness, key: string, fingerprint = 'f'): Receipt {
  return { key, fingerprint, response: `{"for":"${key}"}`, expiresAtMs: harness.nowMs() + DAY_MS };
}

import { randomBytes } from 'node:crypto';
import { expect } from 'vitest';
import {
  AT_ONCE,
  appendAll,
  type ConformanceCase,
  consumer,
  idsOf,
  message,
  STREAM,
  textsOf,
} from './queue-under-test.ts';

/** Appending, reading, groups, waiting, closing. */
export const deliveryCases: readonly ConformanceCase[] = [
  {
    title: 'gives messages in the order of their appends, with their ids and times',
    run: async ({ queue, nowMs }) => {
      const before = nowMs();
      const ids = await appendAll(queue, 'a', 'b', 'c');
      const deliveries = await queue.read(consumer(), AT_ONCE);
      expect(textsOf(deliveries)).toEqual(['a', 'b', 'c']);
      expect(idsOf(deliveries)).toEqual(ids);
      expect(deliveries.map(({ deliveryCount }) => deliveryCount)).toEqual([1, 1, 1]);
      for (const { appendedAtMs } of deliveries) {
        expect(appendedAtMs).toBeGreaterThanOrEqual(before - 1);
        expect(appendedAtMs).toBeLessThanOrEqual(nowMs() + 1);
      }
    },
  },
  {
    title: 'gives nothing at once when there is nothing',
    run: async ({ queue }) => {
      expect(await queue.read(consumer(), AT_ONCE)).toEqual([]);
      expect(await queue.claim(consumer(), 0, 10)).toEqual([]);
    },
  },
  {
    title: 'keeps bytes and texts as they are',
    run: async ({ queue }) => {
      const headers = JSON.stringify({ text: 'ünïcödé 日本語 🚀 \u0000 \\ " \n', nothing: '' });
      const bodies = [
        new Uint8Array(0),
        Uint8Array.from({ length: 256 }, (_, i) => i),
        new Uint8Array(randomBytes(70_001)),
      ];
      for (const body of bodies) {
        await queue.append(STREAM, { lane: '', headers, body });
      }
      await queue.append(STREAM, { lane: '', headers: '', body: bodies[1] ?? new Uint8Array(0) });
      const deliveries = await queue.read(consumer(), AT_ONCE);
      expect(deliveries.map((delivery) => delivery.headers)).toEqual([headers, headers, headers, '']);
      for (const [index, body] of bodies.entries()) {
        expect(Buffer.from(deliveries[index]?.body ?? []).equals(body)).toBe(true);
      }
    },
  },
  {
    title: 'takes a body that is a part of a larger buffer, and gives bodies that are alone in theirs',
    run: async ({ queue }) => {
      const whole = randomBytes(1000);
      await queue.append(STREAM, { lane: '', headers: '{}', body: whole.subarray(100, 300) });
      const [delivery] = await queue.read(consumer(), AT_ONCE);
      expect(Buffer.from(delivery?.body ?? []).equals(whole.subarray(100, 300))).toBe(true);
      expect(delivery?.body.buffer.byteLength).toBe(200);
    },
  },
  {
    title: 'carries bodies of 8 MB',
    run: async ({ queue }) => {
      const body = new Uint8Array(randomBytes(8_000_000));
      await appendAll(queue, 'before');
      await queue.append(STREAM, { lane: '', headers: '{}', body });
      await appendAll(queue, 'after');
      const deliveries = await queue.read(consumer(), AT_ONCE);
      expect(deliveries.map((delivery) => delivery.body.byteLength)).toEqual([6, 8_000_000, 5]);
      expect(Buffer.from(deliveries[1]?.body ?? []).equals(body)).toBe(true);
    },
  },
  {
    title: 'stores concurrent appends all, each once, in the order of their ids',
    run: async ({ queue }) => {
      const texts = Array.from({ length: 500 }, (_, i) => `m${i}`);
      const appended = await Promise.all(texts.map((text) => queue.append(STREAM, message(text))));
      const deliveries = await queue.read(consumer(), AT_ONCE);
      expect(textsOf(deliveries).sort()).toEqual([...texts].sort());
      expect(new Set(idsOf(deliveries)).size).toBe(500);
      const textById = new Map(deliveries.map((delivery) => [delivery.id, textsOf([delivery])[0]]));
      for (const [index, answer] of appended.entries()) {
        expect('id' in answer && textById.get(answer.id)).toBe(texts[index]);
      }
    },
  },
  {
    title: 'keeps streams apart',
    run: async ({ queue }) => {
      await queue.append('logs:raw', message('log'));
      await queue.append('metrics:raw', message('metric'));
      expect(textsOf(await queue.read(consumer('c', 'g', 'metrics:raw'), AT_ONCE))).toEqual(['metric']);
      expect(textsOf(await queue.read(consumer('c', 'g', 'logs:raw'), AT_ONCE))).toEqual(['log']);
    },
  },
  {
    title: 'stops at countMax and at bytesMax, which it may exceed by one message',
    run: async ({ queue }) => {
      await appendAll(queue, 'aaaa', 'bbbb', 'cccc', 'dddd', 'eeee');
      const read = (countMax: number, bytesMax: number) => queue.read(consumer(), { countMax, bytesMax, waitMs: 0 });
      expect(textsOf(await read(2, 1000))).toEqual(['aaaa', 'bbbb']);
      expect(textsOf(await read(10, 5))).toEqual(['cccc', 'dddd']);
      expect(textsOf(await read(10, 1))).toEqual(['eeee']);
    },
  },
  {
    title: 'shares a group among its consumers: each message goes to one of them',
    run: async ({ queue }) => {
      const texts = Array.from({ length: 200 }, (_, i) => `m${i}`);
      await Promise.all(texts.map((text) => queue.append(STREAM, message(text))));
      const seen: string[] = [];
      const drain = async (name: string) => {
        for (;;) {
          const deliveries = await queue.read(consumer(name), { countMax: 7, bytesMax: 1000, waitMs: 0 });
          if (deliveries.length === 0) {
            return;
          }
          seen.push(...textsOf(deliveries));
        }
      };
      await Promise.all(['c1', 'c2', 'c3', 'c4'].map(drain));
      expect(seen.sort()).toEqual([...texts].sort());
    },
  },
  {
    title: 'gives every group every message',
    run: async ({ queue }) => {
      await appendAll(queue, 'a');
      expect(textsOf(await queue.read(consumer('c', 'g1'), AT_ONCE))).toEqual(['a']);
      expect(textsOf(await queue.read(consumer('c', 'g2'), AT_ONCE))).toEqual(['a']);
      const [id] = await appendAll(queue, 'b');
      const toFirst = await queue.read(consumer('c', 'g1'), AT_ONCE);
      await queue.ack(consumer('c', 'g1'), idsOf(toFirst));
      expect(textsOf(await queue.read(consumer('c', 'g2'), AT_ONCE))).toEqual(['b']);
      expect(idsOf(toFirst)).toEqual([id]);
    },
  },
  {
    title: 'gives a later group what the others have not acknowledged',
    run: async ({ queue }) => {
      await appendAll(queue, 'a', 'b', 'c');
      const [a, b] = await queue.read(consumer('c', 'g1'), AT_ONCE);
      await queue.ack(consumer('c', 'g1'), idsOf([a, b].filter((delivery) => delivery !== undefined)));
      expect((await queue.stats(STREAM, 'g2')).depth).toBe(1);
      expect(textsOf(await queue.read(consumer('c', 'g2'), AT_ONCE))).toEqual(['c']);
    },
  },
  {
    title: 'waits for a message and is woken by its append',
    run: async ({ queue }) => {
      const waiting = queue.read(consumer(), { ...AT_ONCE, waitMs: 30_000 });
      await appendAll(queue, 'a');
      expect(textsOf(await waiting)).toEqual(['a']);
    },
  },
  {
    title: 'wakes several waiting consumers with several messages',
    run: async ({ queue }) => {
      const waiting = ['c1', 'c2'].map((name) =>
        queue.read(consumer(name), { countMax: 1, bytesMax: 1000, waitMs: 30_000 }),
      );
      await appendAll(queue, 'a', 'b');
      const texts = (await Promise.all(waiting)).flatMap(textsOf);
      expect(texts.sort()).toEqual(['a', 'b']);
    },
  },
  {
    title: 'gives up waiting after waitMs',
    run: async ({ queue }) => {
      const startedMs = performance.now();
      expect(await queue.read(consumer(), { ...AT_ONCE, waitMs: 60 })).toEqual([]);
      const tookMs = performance.now() - startedMs;
      expect(tookMs).toBeGreaterThanOrEqual(55);
      expect(tookMs).toBeLessThan(5000);
    },
  },
  {
    title: 'ends a wait when its signal is aborted, at once or before it began, and loses no message by it',
    run: async ({ queue }) => {
      const abort = new AbortController();
      const waiting = queue.read(consumer(), { ...AT_ONCE, waitMs: 30_000, signal: abort.signal });
      abort.abort();
      expect(await waiting).toEqual([]);
      expect(await queue.read(consumer(), { ...AT_ONCE, waitMs: 30_000, signal: abort.signal })).toEqual([]);
      await appendAll(queue, 'a');
      expect(textsOf(await queue.read(consumer(), AT_ONCE))).toEqual(['a']);
    },
  },
  {
    title: 'ends waits when it is closed, and takes nothing afterwards',
    run: async ({ queue }) => {
      const waiting = queue.read(consumer(), { ...AT_ONCE, waitMs: 30_000 });
      await queue.close();
      expect(await waiting).toEqual([]);
      const closed = { code: 'unavailable', retryAfterSeconds: expect.any(Number) };
      await expect(queue.append(STREAM, message('late'))).rejects.toMatchObject(closed);
      await expect(queue.ping()).rejects.toMatchObject(closed);
      await queue.close();
    },
  },
  {
    title: 'finishes appends that were under way when it is closed',
    run: async (harness) => {
      const texts = Array.from({ length: 50 }, (_, i) => `m${i}`);
      const appends = texts.map((text) => harness.queue.append(STREAM, message(text)));
      const closed = harness.queue.close();
      await Promise.all([...appends, closed]);
      await harness.reopen();
      expect(textsOf(await harness.queue.read(consumer(), AT_ONCE))).toHaveLength(50);
    },
  },
  {
    title: 'counts what goes through',
    run: async ({ queue }) => {
      await appendAll(queue, 'aa', 'bb', 'cc');
      const [a, b, c] = await queue.read(consumer(), AT_ONCE);
      await queue.ack(consumer(), [a?.id ?? '']);
      await queue.claim(consumer(), 0, 10);
      await queue.bury(consumer(), b?.id ?? '', 'why');
      await queue.bury(consumer(), c?.id ?? '', 'why');
      const [first, second] = await queue.deadLetters(STREAM, 10);
      await queue.replay(STREAM, first?.id ?? '');
      await queue.discard(STREAM, second?.id ?? '');
      expect(queue.totals()).toEqual([
        {
          stream: STREAM,
          appended: 3,
          appendedBytes: 6,
          delivered: 3,
          redelivered: 2,
          acknowledged: 1,
          buried: 2,
          replayed: 1,
          discarded: 1,
          dropped: 0,
        },
      ]);
    },
  },
];

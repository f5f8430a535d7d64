import { expect } from 'vitest';
import { AT_ONCE, appendAll, type ConformanceCase, consumer, idsOf, STREAM, textsOf } from './queue-under-test.ts';

const MINUTE_MS = 60_000;

/** Acknowledging, claiming, restarting, counting what is left. */
export const stateCases: readonly ConformanceCase[] = [
  {
    title: 'gives a message once while it is held, and never again once it is acknowledged',
    run: async (harness) => {
      const { queue } = harness;
      await appendAll(queue, 'a', 'b');
      const deliveries = await queue.read(consumer(), AT_ONCE);
      expect(await queue.read(consumer('c2'), AT_ONCE)).toEqual([]);
      await queue.ack(consumer(), idsOf(deliveries));
      await harness.elapse(10 * MINUTE_MS);
      expect(await queue.claim(consumer('c2'), 0, 10)).toEqual([]);
      await harness.reopen();
      expect(await harness.queue.read(consumer(), AT_ONCE)).toEqual([]);
      expect(await harness.queue.claim(consumer(), 0, 10)).toEqual([]);
    },
  },
  {
    title: 'ignores acknowledgements of ids that it does not know',
    run: async ({ queue }) => {
      const [id = ''] = await appendAll(queue, 'a');
      await queue.ack(consumer(), [id, 'nonsense', '', '0000000000000099', '99999999999999-0']);
      const deliveries = await queue.read(consumer(), AT_ONCE);
      expect(textsOf(deliveries)).toEqual(['a']);
      await queue.ack(consumer(), [...idsOf(deliveries), ...idsOf(deliveries)]);
      await queue.ack(consumer(), idsOf(deliveries));
      expect(await queue.stats(STREAM, 'workers')).toMatchObject({ depth: 0, bytes: 0, pending: 0 });
    },
  },
  {
    title: 'lets a message be claimed only after it was idle, then counts its deliveries',
    run: async (harness) => {
      const { queue } = harness;
      const [id] = await appendAll(queue, 'a');
      await queue.read(consumer('c1'), AT_ONCE);
      expect(await queue.claim(consumer('c2'), MINUTE_MS, 10)).toEqual([]);
      await harness.elapse(MINUTE_MS + 1);
      const [second] = await queue.claim(consumer('c2'), MINUTE_MS, 10);
      expect(second).toMatchObject({ id, deliveryCount: 2, headers: JSON.stringify({ text: 'a' }) });
      expect(await queue.claim(consumer('c3'), MINUTE_MS, 10)).toEqual([]);
      await harness.elapse(MINUTE_MS + 1);
      expect((await queue.claim(consumer('c1'), MINUTE_MS, 10)).map(({ deliveryCount }) => deliveryCount)).toEqual([3]);
      await queue.ack(consumer('c2'), [id ?? '']);
      expect((await queue.stats(STREAM, 'workers')).depth).toBe(0);
    },
  },
  {
    title: 'claims in order, up to countMax and bytesMax, each message for one claimer',
    run: async ({ queue, elapse }) => {
      await appendAll(queue, 'aaaa', 'bbbb', 'cccc', 'dddd');
      await queue.read(consumer('c1'), AT_ONCE);
      await elapse(MINUTE_MS + 1);
      expect(textsOf(await queue.claim(consumer('c2'), MINUTE_MS, 1))).toEqual(['aaaa']);
      const rest = await Promise.all([
        queue.claim(consumer('c3'), MINUTE_MS, 10, 5),
        queue.claim(consumer('c4'), MINUTE_MS, 10),
      ]);
      expect(rest.flatMap(textsOf).sort()).toEqual(['bbbb', 'cccc', 'dddd']);
      expect(rest.map((deliveries) => deliveries.length)).toEqual([2, 1]);
    },
  },
  {
    title: 'keeps messages, order and acknowledgements over a crash',
    run: async (harness) => {
      await appendAll(harness.queue, 'a', 'b', 'c', 'd');
      const [, b] = await harness.queue.read(consumer(), { ...AT_ONCE, countMax: 2 });
      await harness.queue.ack(consumer(), [b?.id ?? '']);
      await harness.crash();
      expect(await harness.queue.stats(STREAM, 'workers')).toMatchObject({ depth: 3, bytes: 3, pending: 1 });
      expect(textsOf(await harness.queue.read(consumer('c2'), AT_ONCE))).toEqual(['c', 'd']);
      await harness.elapse(MINUTE_MS + 1);
      const claimed = await harness.queue.claim(consumer('c2'), MINUTE_MS, 1);
      expect(textsOf(claimed)).toEqual(['a']);
      expect(claimed[0]?.deliveryCount).toBe(2);
    },
  },
  {
    title: 'counts deliveries over crashes',
    run: async (harness) => {
      await appendAll(harness.queue, 'a');
      await harness.queue.read(consumer(), AT_ONCE);
      for (const expected of [2, 3, 4]) {
        await harness.crash();
        await harness.elapse(MINUTE_MS + 1);
        const [claimed] = await harness.queue.claim(consumer(`c${expected}`), MINUTE_MS, 10);
        expect(claimed?.deliveryCount).toBe(expected);
      }
    },
  },
  {
    title: 'gives what a dead process held at once to a claim',
    needs: 'claim-at-once-after-crash',
    run: async (harness) => {
      await appendAll(harness.queue, 'a', 'b');
      await harness.queue.read(consumer(), AT_ONCE);
      await harness.crash();
      const claimed = await harness.queue.claim(consumer(), MINUTE_MS, 10);
      expect(textsOf(claimed)).toEqual(['a', 'b']);
      expect(claimed.map(({ deliveryCount }) => deliveryCount)).toEqual([2, 2]);
    },
  },
  {
    title: 'acknowledges after a crash what was delivered before it',
    run: async (harness) => {
      await appendAll(harness.queue, 'a', 'b');
      const deliveries = await harness.queue.read(consumer(), AT_ONCE);
      await harness.crash();
      await harness.queue.ack(consumer(), idsOf(deliveries));
      expect(await harness.queue.stats(STREAM, 'workers')).toMatchObject({ depth: 0, bytes: 0, pending: 0 });
    },
  },
  {
    title: 'tells depth, bytes, pending and dead letters, per group',
    run: async ({ queue }) => {
      expect(await queue.stats(STREAM, 'workers')).toEqual({ depth: 0, bytes: 0, pending: 0, oldestAgeMs: 0, dead: 0 });
      await appendAll(queue, 'aaa', 'bb', 'c');
      expect(await queue.stats(STREAM, 'workers')).toMatchObject({ depth: 3, bytes: 6, pending: 0, dead: 0 });
      const [a, b] = await queue.read(consumer(), { ...AT_ONCE, countMax: 2 });
      expect(await queue.stats(STREAM, 'workers')).toMatchObject({ depth: 3, bytes: 6, pending: 2 });
      await queue.ack(consumer(), [a?.id ?? '']);
      expect(await queue.stats(STREAM, 'workers')).toMatchObject({ depth: 2, bytes: 3, pending: 1 });
      await queue.bury(consumer(), b?.id ?? '', 'no');
      expect(await queue.stats(STREAM, 'workers')).toMatchObject({ depth: 1, bytes: 1, pending: 0, dead: 1 });
      await queue.read(consumer('c', 'others'), AT_ONCE);
      await appendAll(queue, 'dddd');
      expect(await queue.stats(STREAM, 'others')).toMatchObject({ depth: 2, bytes: 5, pending: 1 });
      const rest = await queue.read(consumer(), AT_ONCE);
      await queue.ack(consumer(), idsOf(rest));
      expect(await queue.stats(STREAM, 'workers')).toMatchObject({ depth: 0, bytes: 0 });
      expect(await queue.stats(STREAM, 'others')).toMatchObject({ depth: 2, bytes: 5, pending: 1 });
    },
  },
  {
    title: 'keeps its counts over a restart',
    run: async (harness) => {
      await appendAll(harness.queue, 'aaa', 'bb', 'c');
      const [, b] = await harness.queue.read(consumer(), { ...AT_ONCE, countMax: 2 });
      await harness.queue.ack(consumer(), [b?.id ?? '']);
      await harness.queue.append('other', { lane: '', headers: '{}', body: new Uint8Array(5) });
      await harness.reopen();
      expect(await harness.queue.stats(STREAM, 'workers')).toMatchObject({ depth: 2, bytes: 4, pending: 1 });
      expect(await harness.queue.stats('other', 'workers')).toMatchObject({ depth: 1, bytes: 5, pending: 0 });
    },
  },
  {
    title: 'tells no age beyond the time that passed, and none for what is acknowledged',
    run: async (harness) => {
      const { queue, nowMs } = harness;
      const startedMs = nowMs();
      await appendAll(queue, 'a', 'b');
      const { oldestAgeMs } = await queue.stats(STREAM, 'workers');
      expect(oldestAgeMs).toBeGreaterThanOrEqual(0);
      expect(oldestAgeMs).toBeLessThanOrEqual(nowMs() - startedMs + 1);
      await queue.ack(consumer(), idsOf(await queue.read(consumer(), AT_ONCE)));
      expect((await queue.stats(STREAM, 'workers')).oldestAgeMs).toBe(0);
    },
  },
  {
    title: 'tells the age of the oldest message that is not acknowledged',
    needs: 'age-follows-clock',
    run: async (harness) => {
      const age = async (group = 'workers') => (await harness.queue.stats(STREAM, group)).oldestAgeMs;
      await appendAll(harness.queue, 'a');
      await harness.elapse(5000);
      await appendAll(harness.queue, 'b');
      await harness.elapse(1000);
      expect(await age()).toBe(6000);
      const [a, b] = await harness.queue.read(consumer(), { ...AT_ONCE, countMax: 1 });
      expect(b).toBeUndefined();
      expect(await age()).toBe(6000);
      await harness.queue.ack(consumer(), [a?.id ?? '']);
      expect(await age()).toBe(1000);
      await harness.crash();
      await harness.elapse(500);
      expect(await age()).toBe(1500);
      expect(await age('unborn')).toBe(1500);
    },
  },
  {
    title: 'serves several processes at once',
    needs: 'second-process',
    run: async (harness) => {
      const second = await harness.openSecond();
      try {
        const waiting = second.read(consumer('c2'), { ...AT_ONCE, waitMs: 30_000 });
        await appendAll(harness.queue, 'a');
        const deliveries = await waiting;
        expect(textsOf(deliveries)).toEqual(['a']);
        expect(await harness.queue.read(consumer('c1'), AT_ONCE)).toEqual([]);
        await second.ack(consumer('c2'), idsOf(deliveries));
        expect((await harness.queue.stats(STREAM, 'workers')).depth).toBe(0);
      } finally {
        await second.close();
      }
    },
  },
  {
    title: 'takes messages when asked whether it does',
    run: async ({ queue }) => {
      await expect(queue.ping()).resolves.toBeUndefined();
    },
  },
];

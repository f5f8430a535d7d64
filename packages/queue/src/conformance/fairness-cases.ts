import { expect } from 'vitest';
import type { Delivery, QueueDriver, ReadOptions } from '../driver.ts';
import { AT_ONCE, type ConformanceCase, consumer, fill, idsOf, message, STREAM, textsOf } from './queue-under-test.ts';

const MINUTE_MS = 60_000;
const FLOOD = 'flood';
const OTHER = '0193b0a8-1111-7222-8333-444455556666';

/** Lanes: one that is full delays no other, and each keeps its order. */
export const fairnessCases: readonly ConformanceCase[] = [
  {
    title: 'gives a lane its turn however much waits in another',
    run: async ({ queue }) => {
      await fill(queue, FLOOD, 2000);
      for (let i = 0; i < 10; i += 1) {
        expect(await queue.read(consumer(), few(16))).toHaveLength(16);
      }
      await fill(queue, OTHER, 1);
      const deliveries = await queue.read(consumer(), few(3));
      expect(deliveries.map(({ lane }) => lane).sort()).toEqual([OTHER, FLOOD, FLOOD]);
      expect(textsOf(deliveries.filter(({ lane }) => lane === OTHER))).toEqual([`${OTHER} 0`]);
    },
  },
  {
    title: 'keeps the order within each lane, and gives every message once',
    run: async ({ queue }) => {
      const lanes = ['a', 'b', '', OTHER];
      const expected = new Map<string, string[]>(lanes.map((lane) => [lane, []]));
      const given = new Map<string, string[]>(lanes.map((lane) => [lane, []]));
      const take = async (countMax: number, bytesMax = 1e6) => {
        const deliveries = await queue.read(consumer(), { countMax, bytesMax, waitMs: 0 });
        for (const delivery of deliveries) {
          given.get(delivery.lane)?.push(...textsOf([delivery]));
        }
        return deliveries.length;
      };
      for (let i = 0; i < 300; i += 1) {
        // Runs of one lane, then of another: 7 and 4 have no common factor.
        const lane = lanes[Math.floor((i * i) / 7) % lanes.length] ?? '';
        const text = `${i} ${'x'.repeat((i * 37) % 500)}`;
        await queue.append(STREAM, message(text, lane));
        expected.get(lane)?.push(text);
        if (i % 10 === 9) {
          await take(5, 700);
        }
      }
      while ((await take(7)) > 0) {
        // The rest.
      }
      expect([...expected.values()].every((texts) => texts.length > 0)).toBe(true);
      expect(given).toEqual(expected);
    },
  },
  {
    title: 'gives large messages of one lane no more than their share of the bytes',
    run: async ({ queue }) => {
      await fill(queue, FLOOD, 40, 200_000);
      await fill(queue, OTHER, 40, 10_000);
      const first = await readUntil(queue, few(4), (all) => countOf(all, OTHER) === 40);
      // 400 KB and what 40 messages cost besides; one more that was begun.
      expect(countOf(first, FLOOD)).toBeLessThanOrEqual(6);
      expect(countOf(first, FLOOD)).toBeGreaterThanOrEqual(2);
    },
  },
  {
    title: 'gives many small messages of one lane no more than their share',
    run: async ({ queue }) => {
      await fill(queue, FLOOD, 500, 100);
      await fill(queue, OTHER, 20, 100);
      const first = await readUntil(queue, few(4), (all) => countOf(all, OTHER) === 20);
      expect(countOf(first, FLOOD)).toBeLessThanOrEqual(24);
    },
  },
  {
    title: 'lets a lane that empties by a large message each time wait for its next',
    run: async ({ queue }) => {
      await fill(queue, OTHER, 100, 10_000);
      await fill(queue, FLOOD, 1, 500_000);
      let large = 0;
      for (let reads = 0; reads < 20; reads += 1) {
        const deliveries = await queue.read(consumer(), few(2));
        if (countOf(deliveries, FLOOD) > 0) {
          large += 1;
          await fill(queue, FLOOD, 1, 500_000);
        }
      }
      expect(large).toBeGreaterThanOrEqual(1);
      expect(large).toBeLessThanOrEqual(2);
    },
  },
  {
    title: 'is fair after a crash, too',
    run: async (harness) => {
      await fill(harness.queue, FLOOD, 500);
      await harness.queue.read(consumer(), few(20));
      await fill(harness.queue, OTHER, 2);
      await harness.crash();
      const deliveries = await harness.queue.read(consumer(), few(6));
      expect(countOf(deliveries, OTHER)).toBe(2);
      expect(textsOf(deliveries.filter(({ lane }) => lane === FLOOD))).toEqual(
        [20, 21, 22, 23].map((i) => `${FLOOD} ${i}`),
      );
    },
  },
  {
    title: 'lets lanes take turns when it claims',
    run: async (harness) => {
      const { queue } = harness;
      await fill(queue, FLOOD, 300);
      await fill(queue, OTHER, 1);
      await queue.read(consumer('c1'), AT_ONCE);
      await harness.elapse(MINUTE_MS + 1);
      const claimed = await queue.claim(consumer('c2'), MINUTE_MS, 4);
      expect(claimed).toHaveLength(4);
      expect(countOf(claimed, OTHER)).toBe(1);
      const rest = await queue.claim(consumer('c2'), MINUTE_MS, 1000);
      expect(new Set(idsOf([...claimed, ...rest])).size).toBe(301);
      expect(textsOf(rest)).toEqual(Array.from({ length: 297 }, (_, i) => `${FLOOD} ${i + 3}`));
    },
  },
  {
    title: 'serves a hundred lanes at once',
    run: async ({ queue }) => {
      const lanes = Array.from({ length: 100 }, (_, i) => `lane-${i}`);
      for (const lane of lanes) {
        await fill(queue, lane, 5);
      }
      const seen: Delivery[] = [];
      for (let round = 1; round <= 5; round += 1) {
        seen.push(...(await readUntil(queue, few(20), (all) => all.length >= 100)));
        expect(new Set(lanes.map((lane) => countOf(seen, lane)))).toEqual(new Set([round]));
      }
      expect(await queue.read(consumer(), AT_ONCE)).toEqual([]);
      await queue.ack(consumer(), idsOf(seen));
      expect(await queue.stats(STREAM, 'workers')).toMatchObject({ depth: 0, bytes: 0, pending: 0, oldestAgeMs: 0 });
    },
  },
  {
    title: 'counts and keeps what waits in all lanes, for each group',
    run: async (harness) => {
      await fill(harness.queue, 'a', 3, 10);
      await fill(harness.queue, 'b', 2, 10);
      const first = await harness.queue.read(consumer('c', 'g1'), AT_ONCE);
      expect(await harness.queue.read(consumer('c', 'g2'), few(2))).toHaveLength(2);
      await harness.queue.ack(consumer('c', 'g1'), idsOf(first));
      await harness.crash();
      expect(await harness.queue.stats(STREAM, 'g1')).toMatchObject({ depth: 0, bytes: 0, pending: 0 });
      expect(await harness.queue.stats(STREAM, 'g2')).toMatchObject({ depth: 5, bytes: 50, pending: 2 });
      const rest = await harness.queue.read(consumer('c', 'g2'), AT_ONCE);
      expect(rest.map(({ lane }) => lane).sort()).toEqual(['a', 'a', 'b']);
    },
  },
  {
    title: 'replays a dead letter in its lane',
    run: async ({ queue }) => {
      await fill(queue, OTHER, 1);
      const [delivery] = await queue.read(consumer(), AT_ONCE);
      await queue.bury(consumer(), delivery?.id ?? '', 'why');
      const [letter] = await queue.deadLetters(STREAM, 1);
      await queue.replay(STREAM, letter?.id ?? '');
      expect(await queue.read(consumer(), AT_ONCE)).toMatchObject([{ lane: OTHER, deliveryCount: 2 }]);
    },
  },
  {
    title: 'refuses what cannot be a lane',
    run: async ({ queue }) => {
      for (const lane of ['a b', 'a:b', '../a', 'é', 'x'.repeat(65)]) {
        expect(() => queue.append(STREAM, message('a', lane))).toThrow(TypeError);
      }
      await queue.append(STREAM, message('a', 'x'.repeat(64)));
      expect((await queue.read(consumer(), AT_ONCE)).map(({ lane }) => lane)).toEqual(['x'.repeat(64)]);
    },
  },
];

function few(countMax: number): ReadOptions {
  return { countMax, bytesMax: 1e9, waitMs: 0 };
}

function countOf(deliveries: readonly Delivery[], lane: string): number {
  return deliveries.filter((delivery) => delivery.lane === lane).length;
}

async function readUntil(
  queue: QueueDriver,
  options: ReadOptions,
  isEnough: (all: readonly Delivery[]) => boolean,
): Promise<Delivery[]> {
  const all: Delivery[] = [];
  while (!isEnough(all)) {
    const deliveries = await queue.read(consumer(), options);
    expect(deliveries.length).toBeGreaterThan(0);
    all.push(...deliveries);
  }
  return all;
}

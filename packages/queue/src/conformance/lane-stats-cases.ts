import { expect } from 'vitest';
import type { QueueDriver } from '../driver.ts';
import { AT_ONCE, type ConformanceCase, consumer, fill, idsOf, message, STREAM } from './queue-under-test.ts';

const MINUTE_MS = 60_000;
const NOTHING = { depth: 0, bytes: 0, oldestAgeMs: 0 };

/** What one lane has, whatever the others do. */
export const laneStatsCases: readonly ConformanceCase[] = [
  {
    title: 'tells depth and bytes of each lane, waiting or held, per group',
    run: async ({ queue }) => {
      await fill(queue, 'a', 3, 10);
      expect(await queue.laneStats(STREAM, 'workers', 'a')).toEqual(NOTHING);
      await join(queue, 'workers', 'others');
      await fill(queue, 'a', 1, 10);
      await fill(queue, 'b', 2, 20);
      expect(await loadOf(queue, 'a')).toEqual([4, 40]);
      expect(await loadOf(queue, 'b')).toEqual([2, 40]);
      expect(await queue.laneStats(STREAM, 'workers', 'c')).toEqual(NOTHING);
      const deliveries = await queue.read(consumer(), { ...AT_ONCE, countMax: 4 });
      expect(await loadOf(queue, 'a')).toEqual([4, 40]);
      const [first, ...others] = deliveries.filter(({ lane }) => lane === 'a');
      await queue.ack(consumer(), [first?.id ?? '', first?.id ?? '', 'nonsense']);
      expect(await loadOf(queue, 'a')).toEqual([3, 30]);
      await queue.ack(consumer(), [first?.id ?? '', ...idsOf(others)]);
      expect(await loadOf(queue, 'a')).toEqual([3 - others.length, 30 - 10 * others.length]);
      expect(await loadOf(queue, 'b')).toEqual([2, 40]);
      expect(await loadOf(queue, 'a', 'others')).toEqual([4, 40]);
      const rest = await queue.read(consumer(), AT_ONCE);
      await queue.ack(consumer(), idsOf([...deliveries, ...rest]));
      expect(await queue.laneStats(STREAM, 'workers', 'a')).toEqual(NOTHING);
      expect(await queue.laneStats(STREAM, 'workers', 'b')).toEqual(NOTHING);
      expect(await loadOf(queue, 'b', 'others')).toEqual([2, 40]);
    },
  },
  {
    title: 'counts for a new group what it finds in each lane',
    run: async ({ queue }) => {
      await fill(queue, 'a', 3, 10);
      await fill(queue, 'b', 1, 5);
      await join(queue, 'workers');
      expect(await loadOf(queue, 'a')).toEqual([3, 30]);
      expect(await loadOf(queue, 'b')).toEqual([1, 5]);
    },
  },
  {
    title: 'keeps the counts of lanes over restarts and crashes',
    run: async (harness) => {
      const { queue } = harness;
      await fill(queue, 'a', 10, 10);
      await fill(queue, 'b', 3, 7);
      const deliveries = await queue.read(consumer(), { ...AT_ONCE, countMax: 6 });
      const acked = deliveries.filter(({ lane }) => lane === 'a').slice(1);
      expect(acked.length).toBeGreaterThan(0);
      await queue.ack(consumer(), idsOf(acked));
      const left = 10 - acked.length;
      for (const again of [harness.reopen, harness.crash]) {
        await again();
        expect(await loadOf(harness.queue, 'a')).toEqual([left, 10 * left]);
        expect(await loadOf(harness.queue, 'b')).toEqual([3, 21]);
      }
      await harness.elapse(MINUTE_MS + 1);
      const claimed = await harness.queue.claim(consumer('c2'), MINUTE_MS, 100);
      expect(await loadOf(harness.queue, 'a')).toEqual([left, 10 * left]);
      const rest = await harness.queue.read(consumer('c2'), AT_ONCE);
      await harness.queue.ack(consumer('c2'), idsOf([...claimed, ...rest]));
      expect(await harness.queue.laneStats(STREAM, 'workers', 'a')).toEqual(NOTHING);
      expect(await harness.queue.laneStats(STREAM, 'workers', 'b')).toEqual(NOTHING);
    },
  },
  {
    title: 'counts a dead letter in its lane again only when it is replayed',
    run: async ({ queue }) => {
      await fill(queue, 'a', 2, 10);
      const [delivery] = await queue.read(consumer(), { ...AT_ONCE, countMax: 1 });
      await queue.bury(consumer(), delivery?.id ?? '', 'why');
      expect(await loadOf(queue, 'a')).toEqual([1, 10]);
      const [letter] = await queue.deadLetters(STREAM, 1);
      await queue.replay(STREAM, letter?.id ?? '');
      expect(await loadOf(queue, 'a')).toEqual([2, 20]);
    },
  },
  {
    title: 'tells no age of a lane beyond the time that passed, and none for what was delivered',
    run: async ({ queue, nowMs }) => {
      await join(queue, 'workers');
      const startedMs = nowMs();
      await fill(queue, 'a', 2);
      const { oldestAgeMs } = await queue.laneStats(STREAM, 'workers', 'a');
      expect(oldestAgeMs).toBeGreaterThanOrEqual(0);
      expect(oldestAgeMs).toBeLessThanOrEqual(nowMs() - startedMs + 1);
      await queue.read(consumer(), AT_ONCE);
      expect((await queue.laneStats(STREAM, 'workers', 'a')).oldestAgeMs).toBe(0);
    },
  },
  {
    title: 'tells the age of the oldest message of a lane that was never delivered',
    needs: 'age-follows-clock',
    run: async (harness) => {
      const age = async (lane: string) => (await harness.queue.laneStats(STREAM, 'workers', lane)).oldestAgeMs;
      await join(harness.queue, 'workers');
      await fill(harness.queue, 'a', 1);
      await harness.elapse(5000);
      await harness.queue.append(STREAM, message('b', 'b'));
      await fill(harness.queue, 'a', 1);
      await harness.elapse(1000);
      expect([await age('a'), await age('b')]).toEqual([6000, 1000]);
      await harness.queue.read(consumer(), { ...AT_ONCE, countMax: 1 });
      expect([await age('a'), await age('b')]).toEqual([1000, 1000]);
      await harness.crash();
      await harness.elapse(500);
      expect([await age('a'), await age('b')]).toEqual([1500, 1500]);
    },
  },
  {
    title: 'refuses to look at what cannot be a lane',
    run: async ({ queue }) => {
      expect(() => queue.laneStats(STREAM, 'workers', 'a b')).toThrow(TypeError);
    },
  },
];

/** Makes groups, without taking anything. */
async function join(queue: QueueDriver, ...groups: readonly string[]): Promise<void> {
  for (const group of groups) {
    await queue.claim(consumer('c1', group), 0, 1);
  }
}

async function loadOf(queue: QueueDriver, lane: string, group = 'workers'): Promise<[depth: number, bytes: number]> {
  const { depth, bytes } = await queue.laneStats(STREAM, group, lane);
  return [depth, bytes];
}

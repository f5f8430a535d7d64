import { expect } from 'vitest';
import type { QueueDriver } from '../driver.ts';
import { AT_ONCE, type ConformanceCase, consumer, fill, idsOf, STREAM, textsOf } from './queue-under-test.ts';

const NOTHING = { messages: 0, deadLetters: 0 };

/** A lane that is forgotten, whatever its messages were at, and no other with it. */
export const forgetLaneCases: readonly ConformanceCase[] = [
  {
    title: 'forgets what waits in a lane, what is held and what is dead, for every group',
    run: async (harness) => {
      await join(harness.queue, 'workers', 'others');
      await fill(harness.queue, 'gone', 4, 10);
      await fill(harness.queue, 'kept', 4, 10);
      await buryOne(harness.queue, 'gone');
      await buryOne(harness.queue, 'kept');
      const held = (await harness.queue.read(consumer(), AT_ONCE)).filter(({ lane }) => lane === 'gone').slice(0, 2);
      await fill(harness.queue, 'gone', 2000, 10);
      expect(await forget(harness.queue)).toEqual({ messages: 2003 + 2004, deadLetters: 1 });
      const check = async () => {
        expect(await forget(harness.queue)).toEqual(NOTHING);
        for (const group of ['workers', 'others']) {
          expect(await harness.queue.laneStats(STREAM, group, 'gone')).toMatchObject({ depth: 0, bytes: 0 });
        }
        expect(await harness.queue.laneStats(STREAM, 'workers', 'kept')).toMatchObject({ depth: 3, bytes: 30 });
        expect(await harness.queue.stats(STREAM, 'workers')).toMatchObject({ depth: 3, bytes: 30, dead: 1 });
        expect(await harness.queue.stats(STREAM, 'others')).toMatchObject({ depth: 4, bytes: 40 });
      };
      await check();
      // Whoever held one may say so still.
      await harness.queue.ack(consumer(), idsOf(held));
      await harness.queue.bury(consumer(), held[1]?.id ?? '', 'late');
      await check();
      await harness.crash();
      await check();
      await harness.elapse(60_000);
      const texts = textsOf(await harness.queue.claim(consumer(), 0, 100)).map((text) => text.trimEnd());
      expect(texts.toSorted()).toEqual(['kept 1', 'kept 2', 'kept 3']);
      const ofOthers = await harness.queue.read(consumer('c1', 'others'), AT_ONCE);
      expect(ofOthers.map(({ lane }) => lane)).toEqual(['kept', 'kept', 'kept', 'kept']);
      const [letter] = await harness.queue.deadLetters(STREAM, 10);
      expect(letter?.headers).toContain('kept 0');
    },
  },
  {
    title: 'takes what comes after a lane was forgotten, in order',
    run: async (harness) => {
      const { queue } = harness;
      expect(await forget(queue)).toEqual(NOTHING);
      await fill(queue, 'gone', 3);
      expect(await forget(queue)).toEqual({ messages: 3, deadLetters: 0 });
      await fill(queue, 'kept', 1);
      await fill(queue, 'gone', 2);
      expect(textsOf(await queue.read(consumer(), AT_ONCE)).toSorted()).toEqual(['gone 0', 'gone 1', 'kept 0']);
    },
  },
  {
    title: 'forgets a lane before any group has read, and while it is read and filled',
    run: async ({ queue }) => {
      await fill(queue, 'gone', 10);
      expect(await queue.forgetLane(STREAM, 'never read', 'gone')).toEqual({ messages: 10, deadLetters: 0 });
      await fill(queue, 'gone', 200, 100);
      await fill(queue, 'kept', 200, 100);
      const given: string[] = [];
      const reads = Array.from({ length: 20 }, async (_, turn) => {
        const deliveries = await queue.read(consumer(`c${turn}`), { ...AT_ONCE, countMax: 20 });
        given.push(...deliveries.filter(({ lane }) => lane === 'kept').map(({ id }) => id));
        await queue.ack(consumer(`c${turn}`), idsOf(deliveries));
      });
      const [forgotten, again] = await Promise.all([forget(queue), forget(queue), ...reads]);
      // All of the group that never reads, and of the other one what was not acknowledged before.
      expect(forgotten.messages + again.messages).toBeGreaterThanOrEqual(200);
      expect(forgotten.messages + again.messages).toBeLessThanOrEqual(400);
      given.push(...idsOf(await queue.read(consumer(), AT_ONCE)));
      expect(new Set(given).size).toBe(200);
      expect(given).toHaveLength(200);
      expect(await queue.laneStats(STREAM, 'workers', 'gone')).toMatchObject({ depth: 0, bytes: 0 });
    },
  },
];

function forget(queue: QueueDriver) {
  return queue.forgetLane(STREAM, 'workers', 'gone');
}

/** Makes groups exist. */
async function join(queue: QueueDriver, ...groups: readonly string[]): Promise<void> {
  for (const group of groups) {
    await queue.read(consumer('c1', group), AT_ONCE);
  }
}

/** Buries the first message of a lane; what else was read is given back by a crash or a claim. */
async function buryOne(queue: QueueDriver, lane: string): Promise<void> {
  const deliveries = await queue.read(consumer(), AT_ONCE);
  const claimed = deliveries.length > 0 ? deliveries : await queue.claim(consumer(), 0, 100);
  await queue.bury(consumer(), claimed.find((delivery) => delivery.lane === lane)?.id ?? '', 'why');
}

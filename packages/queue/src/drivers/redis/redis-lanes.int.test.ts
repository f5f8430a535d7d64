import { startRedis, type TestRedis, whyNoRedis } from '@aegisguard/testkit';
import { createClient } from 'redis';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { AT_ONCE, appendAll, consumer, idsOf, message, STREAM, textsOf } from '../../conformance/queue-under-test.ts';
import type { QueueDriver } from '../../driver.ts';
import { openRedisQueue } from './open-redis-queue.ts';

const missing = whyNoRedis();
const MARKER = 'alice@example.com';

describe.skipIf(missing !== undefined)(`lanes on Redis${missing === undefined ? '' : `: ${missing}`}`, () => {
  let redis: TestRedis;
  let queue: QueueDriver;
  let admin: ReturnType<typeof createClient>;
  const logger = { info: () => undefined, warn: () => undefined };

  beforeAll(async () => {
    redis = await startRedis();
    admin = createClient({ url: redis.url });
    await admin.connect();
  });

  afterAll(async () => {
    await admin.close();
    await redis.stop();
  });

  beforeEach(async () => {
    await admin.flushDb();
    queue = await openRedisQueue({ url: redis.url, logger });
  });

  afterEach(async () => {
    await queue.close();
  });

  const command = <T>(...args: string[]): Promise<T> => admin.sendCommand<T>(args);

  /** What versions without lanes did. */
  async function appendAsBefore(...texts: readonly string[]): Promise<string[]> {
    const ids = [];
    for (const text of texts) {
      const id = await command<string>('XADD', STREAM, '*', 'h', '{}', 'b', text);
      await command('HSET', `${STREAM}:lengths`, id, String(text.length));
      await command('HINCRBY', `${STREAM}:meter`, 'in', String(text.length));
      ids.push(id);
    }
    return ids;
  }

  it('takes over a stream and a group of a version without lanes', async () => {
    const [a, b] = await appendAsBefore('a', 'b', 'c', 'd', 'e', 'f', 'g', 'h', 'i', 'j', 'k', 'l');
    await command('XGROUP', 'CREATE', STREAM, 'workers', '0');
    await command('HSET', `${STREAM}:meter`, 'out:workers', '0');
    await command('XREADGROUP', 'GROUP', 'workers', 'dead', 'COUNT', '2', 'STREAMS', STREAM, '>');
    expect((await queue.stats(STREAM, 'workers')).depth).toBe(12);
    await queue.append(STREAM, message('new', 'org'));
    const fresh = await queue.read(consumer(), AT_ONCE);
    expect(textsOf(fresh.filter(({ lane }) => lane === 'org'))).toEqual(['new']);
    expect(textsOf(fresh.filter(({ lane }) => lane === '')).join('')).toBe('cdefghijkl');
    expect(await queue.stats(STREAM, 'workers')).toMatchObject({ depth: 13, bytes: 15, pending: 13 });
    const held = await queue.claim(consumer(), 0, 2);
    expect(idsOf(held)).toContain(a);
    await queue.ack(consumer(), [a ?? '', b ?? '', ...idsOf(fresh)]);
    expect(await queue.stats(STREAM, 'workers')).toMatchObject({ depth: 0, bytes: 0, pending: 0 });
    expect(await command('XLEN', STREAM)).toBe(0);
  });

  it('finds what a process without lanes appends meanwhile, and gives such a one nothing twice', async () => {
    await appendAll(queue, 'a');
    expect(textsOf(await queue.read(consumer(), AT_ONCE))).toEqual(['a']);
    await appendAsBefore('b', 'c');
    const before = command('XREADGROUP', 'GROUP', 'workers', 'old', 'COUNT', '9', 'STREAMS', STREAM, '>');
    expect(await before).toBeNull();
    expect(textsOf(await queue.read(consumer(), AT_ONCE))).toEqual(['b', 'c']);
    expect(await queue.read(consumer(), AT_ONCE)).toEqual([]);
  });

  it('keeps nothing of what every group has acknowledged', async () => {
    await queue.read(consumer('c', 'others'), AT_ONCE);
    await Promise.all(
      Array.from({ length: 50 }, (_, i) => queue.append(STREAM, message(`${i} ${MARKER}`, `lane-${i % 5}`))),
    );
    for (const group of ['workers', 'others']) {
      expect(await command('XLEN', STREAM)).toBe(50);
      const deliveries = await queue.read(consumer('c', group), AT_ONCE);
      expect(deliveries).toHaveLength(50);
      await queue.ack(consumer('c', group), idsOf(deliveries));
    }
    expect(await command('XLEN', STREAM)).toBe(0);
    const keys = (await command<string[]>('KEYS', '*')).sort();
    expect(keys).toEqual([STREAM, `${STREAM}:groups`, `${STREAM}:meter`].sort());
  });

  it('forgets dead letters after their time', async () => {
    const strict = await openRedisQueue({ url: redis.url, logger, deadMsMax: 1 });
    await queue.append(STREAM, message(MARKER, 'org'));
    const [delivery] = await queue.read(consumer(), AT_ONCE);
    await queue.bury(consumer(), delivery?.id ?? '', 'why');
    expect(await queue.deadLetters(STREAM, 10)).toHaveLength(1);
    await expect
      .poll(async () => {
        await strict.claim(consumer(), 0, 1);
        return command('EXISTS', `${STREAM}:dead:bodies`);
      })
      .toBe(0);
    expect(await queue.deadLetters(STREAM, 10)).toEqual([]);
    expect(strict.totals()).toMatchObject([{ dropped: 1 }]);
    await strict.close();
  });
});

import { startRedis, type TestRedis, whyNoRedis } from '@aegisguard/testkit';
import { createClient } from 'redis';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { AT_ONCE, appendAll, consumer, idsOf, message, STREAM, textsOf } from '../../conformance/queue-under-test.ts';
import type { QueueDriver } from '../../driver.ts';
import { openRedisQueue } from './open-redis-queue.ts';

const missing = whyNoRedis();
const UNAVAILABLE = { code: 'unavailable', retryAfterSeconds: expect.any(Number) };

describe.skipIf(missing !== undefined)(
  `a Redis server of its own${missing === undefined ? '' : `: ${missing}`}`,
  () => {
    let redis: TestRedis;
    let queue: QueueDriver;
    const log: string[] = [];
    const logger = {
      info: (_: object, text: string) => log.push(text),
      warn: (_: object, text: string) => log.push(text),
    };

    beforeAll(async () => {
      redis = await startRedis();
    });

    afterAll(async () => {
      await redis.stop();
    });

    const command = async <T>(...args: string[]): Promise<T> => {
      const client = createClient({ url: redis.url, RESP: 2 });
      await client.connect();
      try {
        return await client.sendCommand<T>(args);
      } finally {
        client.destroy();
      }
    };

    beforeEach(async () => {
      await command('FLUSHDB');
      log.length = 0;
      queue = await openRedisQueue({ url: redis.url, logger });
    });

    afterEach(async () => {
      await queue.close();
    });

    it('keeps streams under their own names', async () => {
      await appendAll(queue, 'a');
      expect(await command('TYPE', STREAM)).toBe('stream');
      expect(await command('XLEN', 'logs:raw')).toBe(1);
    });

    it('leaves nothing in the stream and beside it once all is acknowledged', async () => {
      await appendAll(queue, 'a', 'b');
      await queue.ack(consumer(), idsOf(await queue.read(consumer(), AT_ONCE)));
      expect(await command('XLEN', STREAM)).toBe(0);
      expect(await command('EXISTS', `${STREAM}:lengths`)).toBe(0);
    });

    it('fails calls and waits while the server is away, and goes on with everything when it is back', async () => {
      const receipt = { key: 'k', fingerprint: 'f', response: 'r', expiresAtMs: Date.now() + 3_600_000 };
      await queue.append(STREAM, message('a'), [receipt]);
      await appendAll(queue, 'b');
      const [a] = await queue.read(consumer(), { ...AT_ONCE, countMax: 1 });
      await queue.read(consumer('c', 'waiting'), AT_ONCE);
      const waiting = queue.read(consumer('c', 'waiting'), { ...AT_ONCE, waitMs: 60_000 });
      // So that the wait is under way: what one connection asks after it, another has been asked before.
      await expect.poll(() => command<string>('CLIENT', 'LIST')).toContain('cmd=blpop');
      await Promise.all([redis.kill(), expect(waiting).rejects.toMatchObject(UNAVAILABLE)]);
      await expect(queue.append(STREAM, message('c'))).rejects.toMatchObject(UNAVAILABLE);
      await expect(queue.read(consumer(), { ...AT_ONCE, waitMs: 60_000 })).rejects.toMatchObject(UNAVAILABLE);
      await expect(queue.ping()).rejects.toMatchObject(UNAVAILABLE);
      expect(log).toContain('Redis is not reachable');

      await redis.restart();
      await expect
        .poll(() =>
          queue.ping().then(
            () => 'up',
            () => 'down',
          ),
        )
        .toBe('up');
      expect(log).toContain('Redis is reachable again');
      expect(await queue.findReceipt('k')).toEqual(receipt);
      await appendAll(queue, 'd');
      expect(textsOf(await queue.read(consumer(), AT_ONCE))).toEqual(['b', 'd']);
      await queue.ack(consumer(), [a?.id ?? '']);
      expect(await queue.stats(STREAM, 'workers')).toMatchObject({ depth: 2, pending: 2 });
    });

    it('is not opened without a server, and says so', async () => {
      await redis.kill();
      try {
        await expect(openRedisQueue({ url: redis.url, logger })).rejects.toMatchObject(UNAVAILABLE);
      } finally {
        await redis.restart();
      }
      await expect
        .poll(() =>
          queue.ping().then(
            () => 'up',
            () => 'down',
          ),
        )
        .toBe('up');
    });

    it('refuses appends when its memory is full, and gives what it has', async () => {
      await appendAll(queue, 'a');
      await command('CONFIG', 'SET', 'maxmemory', '1');
      try {
        await expect(queue.append(STREAM, message('b'))).rejects.toMatchObject(UNAVAILABLE);
      } finally {
        await command('CONFIG', 'SET', 'maxmemory', '0');
      }
      expect(textsOf(await queue.read(consumer(), AT_ONCE))).toEqual(['a']);
    });

    it('warns of settings that lose messages', async () => {
      expect(log).toEqual([]);
      await command('CONFIG', 'SET', 'maxmemory-policy', 'allkeys-lru');
      await command('CONFIG', 'SET', 'appendonly', 'no');
      try {
        await (await openRedisQueue({ url: redis.url, logger })).close();
      } finally {
        await command('CONFIG', 'SET', 'maxmemory-policy', 'noeviction');
        await command('CONFIG', 'SET', 'appendonly', 'yes');
      }
      expect(log).toEqual([expect.stringContaining('noeviction'), expect.stringContaining('appendonly')]);
    });

    const consumersOf = async (group: string): Promise<string[]> =>
      (await command<string[][]>('XINFO', 'CONSUMERS', STREAM, group)).map(([, name = '']) => name).sort();

    it('takes its consumers along when it is closed, but not those that hold messages', async () => {
      await appendAll(queue, 'a', 'b');
      await queue
        .read(consumer('done'), { ...AT_ONCE, countMax: 1 })
        .then((read) => queue.ack(consumer('done'), idsOf(read)));
      await queue.read(consumer('holding'), AT_ONCE);
      expect(await consumersOf('workers')).toEqual(['done', 'holding']);
      await queue.close();
      expect(await consumersOf('workers')).toEqual(['holding']);
      queue = await openRedisQueue({ url: redis.url, logger });
      expect(textsOf(await queue.claim(consumer('next'), 0, 10))).toEqual(['b']);
    });

    it('forgets consumers of dead processes when it claims, once they hold nothing and were idle for long', async () => {
      await appendAll(queue, 'a', 'b');
      for (const name of ['dead', 'holding']) {
        await queue.read(consumer(name), { ...AT_ONCE, countMax: 1 });
      }
      await queue.claim(consumer('heir'), 0, 1);
      expect(await consumersOf('workers')).toEqual(['dead', 'heir', 'holding']);
      const impatient = await openRedisQueue({ url: redis.url, logger, consumerIdleMsMax: 0 });
      await impatient.claim(consumer('heir'), 60_000, 10);
      expect(await consumersOf('workers')).toEqual(['heir', 'holding']);
      await impatient.close();
    });

    it('keeps the bodies of dead letters out of the way of their list, and nothing of those that are gone', async () => {
      await appendAll(queue, 'a', 'b', 'c');
      for (const { id } of await queue.read(consumer(), AT_ONCE)) {
        await queue.bury(consumer(), id, 'why');
      }
      expect(await command('HLEN', `${STREAM}:dead:bodies`)).toBe(3);
      expect(await command('HGET', `${STREAM}:meter`, 'dead')).toBe('3');
      const [a, b, c] = await queue.deadLetters(STREAM, 10);
      await queue.replay(STREAM, a?.id ?? '');
      await queue.discard(STREAM, b?.id ?? '');
      await command('HDEL', `${STREAM}:dead:bodies`, c?.id ?? '');
      expect(await queue.replay(STREAM, c?.id ?? '')).toBe(false);
      expect(await queue.discard(STREAM, c?.id ?? '')).toBe(true);
      expect(await command('EXISTS', `${STREAM}:dead:bodies`)).toBe(0);
      expect(await command('XLEN', `${STREAM}:dead`)).toBe(0);
      expect(await command('HGET', `${STREAM}:meter`, 'dead')).toBe('0');
    });

    it('warns when it drops dead letters', async () => {
      const small = await openRedisQueue({ url: redis.url, logger, deadBytesMax: 1 });
      await appendAll(small, 'a', 'b');
      for (const { id } of await small.read(consumer(), AT_ONCE)) {
        await small.bury(consumer(), id, 'why');
      }
      expect(log).toEqual([expect.stringContaining('dead letters were dropped')]);
      await small.close();
    });

    it('forgets what somebody deleted behind its back', async () => {
      const [a = '', b = ''] = await appendAll(queue, 'a', 'b');
      await queue.read(consumer(), AT_ONCE);
      await command('XDEL', STREAM, a);
      expect(textsOf(await queue.claim(consumer('c2'), 0, 10))).toEqual(['b']);
      await queue.bury(consumer('c2'), a, 'gone');
      await queue.ack(consumer('c2'), [a, b]);
      expect(await queue.stats(STREAM, 'workers')).toMatchObject({ depth: 0, bytes: 0, pending: 0, dead: 0 });
    });
  },
);

import { startRedis, whyNoRedis } from '@aegisguard/testkit';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { describeLimits } from '../conformance/limits-conformance.ts';
import { openRedisLimits } from './open-redis-limits.ts';

const missing = whyNoRedis();

describe.skipIf(missing !== undefined)(`Redis${missing === undefined ? '' : `: ${missing}`}`, () => {
  let redis: Awaited<ReturnType<typeof startRedis>>;

  beforeAll(async () => {
    redis = await startRedis();
  });

  afterAll(async () => {
    await redis.stop();
  });

  describeLimits('redis', () => openRedisLimits({ url: redis.url }));

  /** Closed with the test, also one that fails. */
  const openHere = async () => {
    const limits = await openRedisLimits({ url: redis.url });
    onTestFinished(() => limits.close());
    return limits;
  };

  it('several processes share a bucket', async () => {
    const processes = await Promise.all([openHere(), openHere()]);
    const verdicts = await Promise.all(
      Array.from({ length: 20 }, (_, n) => processes[n % 2]?.limiter.take('shared', 5)),
    );
    expect(verdicts.filter((verdict) => verdict?.allowed)).toHaveLength(5);
  });

  it('a server that went away is `unavailable`, not a hang', async () => {
    const limits = await openHere();
    await redis.kill();
    await expect(limits.limiter.take('key', 5)).rejects.toMatchObject({ code: 'unavailable' });
    await redis.restart();
    await expect
      .poll(() =>
        limits.ping().then(
          () => 'up',
          () => 'down',
        ),
      )
      .toBe('up');
  });
});

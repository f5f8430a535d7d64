import { randomUUID } from 'node:crypto';
import { parseOrgId } from '@aegisguard/model';
import { startRedis, whyNoRedis } from '@aegisguard/testkit';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { describeLogMetrics } from '../conformance/log-metrics-conformance.ts';
import { openRedisLogMetrics } from './redis-log-metrics.ts';

const missing = whyNoRedis();

describe.skipIf(missing !== undefined)(`Redis${missing === undefined ? '' : `: ${missing}`}`, () => {
  let redis: Awaited<ReturnType<typeof startRedis>>;

  beforeAll(async () => {
    redis = await startRedis();
  });

  afterAll(async () => {
    await redis.stop();
  });

  describeLogMetrics('redis', (nowMs, seriesMax) => openRedisLogMetrics({ url: redis.url, nowMs, seriesMax }));

  it('a server that went away is `unavailable`, not a hang', async () => {
    const metrics = await openRedisLogMetrics({ url: redis.url });
    onTestFinished(() => metrics.close());
    await redis.kill();
    await expect(metrics.add(parseOrgId(randomUUID()), randomUUID(), [])).rejects.toMatchObject({
      code: 'unavailable',
    });
  });
});

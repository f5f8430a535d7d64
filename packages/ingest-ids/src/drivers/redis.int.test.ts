import { startRedis, whyNoRedis } from '@aegisguard/testkit';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { describeIngestIds } from '../conformance/ingest-ids-conformance.ts';
import { openRedisIngestIds } from './redis.ts';

const missing = whyNoRedis();

describe.skipIf(missing !== undefined)(`Redis${missing === undefined ? '' : `: ${missing}`}`, () => {
  let redis: Awaited<ReturnType<typeof startRedis>>;

  beforeAll(async () => {
    redis = await startRedis();
  });

  afterAll(async () => {
    await redis.stop();
  });

  describeIngestIds('redis', () => openRedisIngestIds({ url: redis.url }));

  it('a server that went away is `unavailable`, not a hang', async () => {
    const ids = await openRedisIngestIds({ url: redis.url });
    onTestFinished(() => ids.close());
    await redis.kill();
    await expect(ids.claim('019ab000-0000-7000-8000-000000000001', BigUint64Array.of(1n))).rejects.toMatchObject({
      code: 'unavailable',
    });
  });
});

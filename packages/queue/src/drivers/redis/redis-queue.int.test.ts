import { startRedis, type TestRedis, whyNoRedis } from '@aegisguard/testkit';
import { afterAll, beforeAll } from 'vitest';
import { queueConformance } from '../../conformance/queue-conformance.ts';
import { openRedisHarness } from './redis-harness.ts';

const unavailable = whyNoRedis();
let redis: TestRedis | undefined;

beforeAll(async () => {
  redis = unavailable === undefined ? await startRedis() : undefined;
});

afterAll(async () => {
  await redis?.stop();
});

queueConformance({
  name: 'redis',
  open: () => openRedisHarness(redis?.url ?? ''),
  gaps: {
    'claim-at-once-after-crash': 'Redis cannot tell that a consumer died: what it held is claimed once it was idle',
    'age-follows-clock': "an entry's age is counted from its id, which is the server's time",
  },
  ...(unavailable === undefined ? {} : { unavailable }),
});

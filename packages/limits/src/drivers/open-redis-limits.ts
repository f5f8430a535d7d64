import type { Limits } from '../driver.ts';
import type { RedisLimitsOptions } from './redis.ts';

/** Counts in Redis, shared by every process. The client is hundreds of modules: only who uses it loads it. */
export async function openRedisLimits(options: RedisLimitsOptions): Promise<Limits> {
  const { connectRedisLimits } = await import('./redis.ts');
  return connectRedisLimits(options);
}

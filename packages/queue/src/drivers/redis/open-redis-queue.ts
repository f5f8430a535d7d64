import type { QueueDriver } from '../../driver.ts';
import type { RedisQueueOptions } from './redis-queue.ts';

/**
 * Opens a queue on Redis Streams (docs/adr/0003-queue.md). Throws `AegisError` `unavailable` when the server is not there within 5 s. Needs Redis 6.2; one primary, not a cluster.
 * The client is hundreds of modules: only who uses it loads it.
 */
export async function openRedisQueue(options: RedisQueueOptions): Promise<QueueDriver> {
  const { RedisQueue } = await import('./redis-queue.ts');
  return RedisQueue.open(options);
}

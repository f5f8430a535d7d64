export {
  type Appended,
  CLAIM_BYTES_MAX,
  type ConsumerName,
  DEAD_BYTES_MAX,
  DEAD_MS_MAX,
  type DeadLetter,
  type Delivery,
  type ForgottenLane,
  type LaneStats,
  type Message,
  type MessageId,
  type QueueDriver,
  type QueueStats,
  type ReadOptions,
  type Receipt,
  type StreamTotals,
} from './driver.ts';
export { type EmbeddedQueueOptions, openEmbeddedQueue } from './drivers/embedded/embedded-queue.ts';
export { openRedisQueue } from './drivers/redis/open-redis-queue.ts';
export type { RedisQueueOptions } from './drivers/redis/redis-queue.ts';
export type { QueueLogger } from './queue-logger.ts';

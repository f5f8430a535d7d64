export {
  type FailureThrottle,
  type Limits,
  type LimitVerdict,
  LOGIN_THROTTLE,
  ONCE_MS,
  type OnceGate,
  type RateLimiter,
  type ThrottlePolicy,
  type ThrottleVerdict,
} from './driver.ts';
export { type MemoryLimitsOptions, openMemoryLimits } from './drivers/memory.ts';
export { openRedisLimits } from './drivers/open-redis-limits.ts';
export type { RedisLimitsOptions } from './drivers/redis.ts';

export {
  type FailureThrottle,
  type Limits,
  type LimitVerdict,
  ONCE_MS,
  type OnceGate,
  type RateLimiter,
  THROTTLE_FAILURES_MAX,
  THROTTLE_WINDOW_MS,
  type ThrottleVerdict,
} from './driver.ts';
export { type MemoryLimitsOptions, openMemoryLimits } from './drivers/memory.ts';
export { openRedisLimits, type RedisLimitsOptions } from './drivers/redis.ts';

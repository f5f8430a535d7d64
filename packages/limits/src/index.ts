export type { LimitVerdict, RateLimiter } from './driver.ts';

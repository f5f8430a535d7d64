export type { CaughtLine, OnCatch, OpenTail, TailCatch, TailExchange } from './driver.ts';
export { openMemoryTails } from './drivers/memory.ts';
export { openRedisTails, type RedisTailsOptions } from './drivers/redis.ts';

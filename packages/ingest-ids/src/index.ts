export type { IngestIds } from './driver.ts';
export { REMEMBERED_MS } from './driver.ts';
export { type EmbeddedIngestIdsOptions, openEmbeddedIngestIds } from './drivers/embedded.ts';
export { type EmbeddedLogMetricsOptions, openEmbeddedLogMetrics } from './drivers/embedded-log-metrics.ts';
export { openRedisIngestIds, type RedisIngestIdsOptions } from './drivers/redis.ts';
export { openRedisLogMetrics, type RedisLogMetricsOptions } from './drivers/redis-log-metrics.ts';
export { hashIngestIds } from './hash-ingest-ids.ts';
export { type LogMetrics, type LogTotals, READ_MS } from './log-metrics.ts';

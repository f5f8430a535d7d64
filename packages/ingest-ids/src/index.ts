export type { IngestIds } from './driver.ts';
export { REMEMBERED_MS } from './driver.ts';
export { type EmbeddedIngestIdsOptions, openEmbeddedIngestIds } from './drivers/embedded.ts';
export { openRedisIngestIds, type RedisIngestIdsOptions } from './drivers/redis.ts';
export { hashIngestIds } from './hash-ingest-ids.ts';

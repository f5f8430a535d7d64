export type { BatchIdentity, DailyUsage, EncodedLogBatch, LogEncoder, LogStore, StorageDriver } from './driver.ts';
export { type ClickHouseOptions, type ClickHouseTarget, openClickHouse } from './drivers/clickhouse/open-clickhouse.ts';
export type { StorageLogger } from './drivers/clickhouse/storage-logger.ts';

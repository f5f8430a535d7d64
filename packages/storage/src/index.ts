export type {
  BatchIdentity,
  DailyUsage,
  EncodedBatch,
  EncodedMetricBatch,
  ErasureStore,
  LogEncoder,
  LogStore,
  MetricEncoder,
  MetricInsertReport,
  MetricStore,
  RecordEncoder,
  RecordStore,
  RetentionStore,
  RumEncoder,
  RumStore,
  SecurityEventEncoder,
  SecurityEventStore,
  ServiceStore,
  SpanEncoder,
  SpanStore,
  StorageDriver,
  TableFootprint,
} from './driver.ts';
export { type ClickHouseOptions, type ClickHouseTarget, openClickHouse } from './drivers/clickhouse/open-clickhouse.ts';
export type { StorageLogger } from './drivers/clickhouse/storage-logger.ts';
export { NO_USAGE } from './no-usage.ts';

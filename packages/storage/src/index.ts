export type { BatchIdentity, DailyUsage, EncodedLogBatch, LogEncoder, LogStore, StorageDriver } from './driver.ts';

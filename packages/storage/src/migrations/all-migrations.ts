import { LOGS } from './0001-logs.ts';
import { LOG_USAGE } from './0002-log-usage.ts';
import { METRICS } from './0005-metrics.ts';
import { METRIC_ROLLUPS } from './0006-metric-rollups.ts';
import { INGEST_COUNTS } from './0007-ingest-counts.ts';
import type { Migration } from './migration.ts';

/** Every migration, in order. */
export const MIGRATIONS: readonly Migration[] = [LOGS, LOG_USAGE, METRICS, METRIC_ROLLUPS, INGEST_COUNTS];

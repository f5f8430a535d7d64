import { LOGS } from './0001-logs.ts';
import { LOG_USAGE } from './0002-log-usage.ts';
import type { Migration } from './migration.ts';

/** Every migration, in order. */
export const MIGRATIONS: readonly Migration[] = [LOGS, LOG_USAGE];

import type { TableNames } from '../drivers/clickhouse/log-table.ts';

/**
 * One step forward of the schema. Once released it must not change: write a further one. Servers have no locks and several processes may migrate at once, so every
 * statement must do nothing when its work is done already (IF NOT EXISTS), also when another process does it at the same moment.
 */
export interface Migration {
  /** Ascending without gaps, from 1. */
  readonly version: number;
  readonly name: string;
  statements(tables: TableNames): readonly string[];
}

import type { TableNames } from '../drivers/clickhouse/log-table.ts';

export function serviceGraphStatements(_tables: TableNames): readonly string[] {
  return [];
}

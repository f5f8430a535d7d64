import type { LogValueCounts, LogValueQuery } from '@aegisguard/model';
import { labelExpression, nativeColumn } from '../label-sql.ts';
import { textLiteral, wholeNumberLiteral } from '../sql-literal.ts';
import { FEW_GROUPS, isCountable, type OverviewReading } from './overview-reading.ts';
import { sampleEvery } from './row-sample.ts';

/** Rows whose attributes are looked through: ~75 ms of CPU. */
const ROWS_LOOKED_AT = 500_000;
/** Columns with a dictionary: so quick to count that all rows are. */
const CODED_COLUMNS: readonly (string | undefined)[] = ['service', 'level', 'host', 'env', 'version', 'severity_text'];

/** Values of a label with their counts. */
export async function labelValues(reading: OverviewReading, query: LogValueQuery): Promise<LogValueCounts> {
  const { name, prefix = '', limit } = query;
  const value = labelExpression(name);
  const isKept = (text: string) =>
    `${text} != ''${prefix === '' ? '' : ` AND startsWith(${text}, ${textLiteral(prefix)})`}`;
  const order = `ORDER BY n DESC, v LIMIT ${wholeNumberLiteral(limit)}`;
  let every = 1;
  let sql: string;
  if (CODED_COLUMNS.includes(nativeColumn(name))) {
    const groups = reading.grouped(query, [value], { byMinutes: isCountable(query, [name]) });
    sql = `SELECT g0 AS v, logs AS n FROM (${groups}) WHERE ${isKept('g0')} ${order}`;
  } else {
    every = sampleEvery(await reading.lookedAt(query), ROWS_LOOKED_AT);
    sql = `SELECT ${value} AS v, count() AS n FROM ${reading.logs} WHERE ${reading.where(query, every)} AND ${isKept('v')} GROUP BY v ${order} SETTINGS ${FEW_GROUPS}`;
  }
  // The settings are those of the SELECT that groups, not of what the runner adds.
  const rows = await reading.rows(`SELECT * FROM (${sql})`);
  return {
    values: rows.map(([text, logs]) => ({ value: String(text), logs: Number(logs) * every })),
    isEstimate: every > 1,
    stats: reading.stats,
  };
}

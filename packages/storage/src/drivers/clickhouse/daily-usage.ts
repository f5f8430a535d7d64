import { AegisError, type OrgId } from '@aegisguard/model';
import type { DailyUsage } from '../../driver.ts';
import { LOG_CONTENT_BYTES } from '../../migrations/0002-usage.ts';
import { SPAN_CONTENT_BYTES } from '../../migrations/0003-spans.ts';
import { RUM_CONTENT_BYTES } from '../../migrations/0004-rum-events.ts';
import { NO_USAGE } from '../../no-usage.ts';
import type { Engine } from './engine.ts';
import type { TableNames } from './log-table.ts';
import { readMetricUsage } from './metric-usage.ts';
import type { Deadline, QueryRunner } from './query-runner.ts';
import { orgCondition } from './selection-sql.ts';
import { textLiteral } from './sql-literal.ts';

const DATE = /^\d{4}-\d{2}-\d{2}$/;

/** Usage per day, ascending. */
export async function readDailyUsage(
  runner: QueryRunner,
  tables: TableNames,
  orgId: OrgId,
  from: string,
  to: string,
  deadline: Deadline,
): Promise<readonly DailyUsage[]> {
  if (!DATE.test(from) || !DATE.test(to)) {
    throw new AegisError('invalid-request', { detail: 'Dates are written YYYY-MM-DD.' });
  }
  const { rows } = await runner.run(
    `SELECT toString(day) AS date, signal, sum(records), sum(bytes) FROM ${tables.usage} WHERE ${orgCondition(orgId)} AND day BETWEEN toDate(${textLiteral(from)}) AND toDate(${textLiteral(to)}) GROUP BY day, signal ORDER BY day`,
    deadline,
  );
  const days = new Map<string, DailyUsage>();
  for (const [date, signal, records, bytes] of rows) {
    const day = days.get(String(date)) ?? { date: String(date), ...NO_USAGE };
    days.set(day.date, { ...day, ...ofSignal(String(signal), Number(records), Number(bytes)) });
  }
  // Metrics are counted by batch: a batch that comes again is written again.
  for (const [date, metricsCount] of await readMetricUsage(runner, tables, orgId, { from, to }, deadline)) {
    days.set(date, { date, ...NO_USAGE, ...days.get(date), metricsCount });
  }
  return [...days.values()].sort((left, right) => (left.date < right.date ? -1 : 1));
}

function ofSignal(signal: string, records: number, bytes: number): Partial<DailyUsage> {
  switch (signal) {
    case 'logs':
      return { logsCount: records, logsBytes: bytes };
    case 'spans':
      return { spansCount: records, spansBytes: bytes };
    case 'rum':
      return { rumCount: records, rumBytes: bytes };
    default:
      return {};
  }
}

/** Receipts this much older than now are taken to be counted: an insert that a crash cut in two belongs to batches received lately. */
const REPAIRED_MS = 2 * 24 * 3_600_000;

/** A table whose rows a view counts as usage of a signal, and the bytes of a row as the view sums them. */
interface CountedTable {
  readonly signal: string;
  readonly table: string;
  readonly contentBytes: string;
}

/**
 * Makes usage agree with the records after a crash. A part of the records and the view's row are two writes, and a kill can come between them; the next delivery of the batch finds
 * the rows stored and does not count them. What is missing per organization and day is added as a row. Only while nothing is being inserted, and only where this process alone
 * inserts: otherwise what is on its way would be counted twice. How many days of organizations and signals were mended.
 */
export async function repairUsage(
  engine: Engine,
  runner: QueryRunner,
  { logs, spans, rumEvents, usage }: TableNames,
  nowMs: number,
  deadline: Deadline,
): Promise<number> {
  const firstDay = new Date(nowMs - REPAIRED_MS).toISOString().slice(0, 10);
  const counted: readonly CountedTable[] = [
    { signal: 'logs', table: logs, contentBytes: LOG_CONTENT_BYTES },
    { signal: 'spans', table: spans, contentBytes: SPAN_CONTENT_BYTES },
    { signal: 'rum', table: rumEvents, contentBytes: RUM_CONTENT_BYTES },
  ];
  let mended = 0;
  for (const table of counted) {
    mended += await repairTable(engine, runner, table, usage, firstDay, deadline);
  }
  return mended;
}

async function repairTable(
  engine: Engine,
  runner: QueryRunner,
  { signal, table, contentBytes }: CountedTable,
  usage: string,
  firstDay: string,
  deadline: Deadline,
): Promise<number> {
  const received = `received_at >= toDateTime64(${textLiteral(firstDay)}, 3, 'UTC')`;
  const ofSignal = `signal = ${textLiteral(signal)}`;
  const { rows } = await runner.run(
    `SELECT toString(organization_id), toString(day) FROM (
  SELECT organization_id, toDate(received_at) AS day, count() AS stored FROM ${table} WHERE ${received} GROUP BY organization_id, day
) AS of_table LEFT JOIN (
  SELECT organization_id, day, sum(records) AS counted FROM ${usage} WHERE ${ofSignal} AND day >= toDate(${textLiteral(firstDay)}) GROUP BY organization_id, day
) AS of_usage USING (organization_id, day) WHERE stored > counted`,
    deadline,
  );
  for (const [organization, day] of rows) {
    const sameDay = `organization_id = ${textLiteral(String(organization))} AND day = toDate(${textLiteral(String(day))})`;
    await engine.command(
      `INSERT INTO ${usage} (organization_id, day, signal, records, bytes) SELECT organization_id, day, ${textLiteral(signal)}, sum(records), sum(bytes) FROM (
  SELECT organization_id, toDate(received_at) AS day, toInt64(1) AS records, toInt64(${contentBytes}) AS bytes FROM ${table} WHERE ${received} AND ${sameDay}
  UNION ALL
  SELECT organization_id, day, -records, -bytes FROM ${usage} WHERE ${ofSignal} AND ${sameDay}
) GROUP BY organization_id, day`,
    );
  }
  return rows.length;
}

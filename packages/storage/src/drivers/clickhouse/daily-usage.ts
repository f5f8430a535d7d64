import { AegisError, type OrgId } from '@aegisguard/model';
import type { DailyUsage } from '../../driver.ts';
import { CONTENT_BYTES } from '../../migrations/0002-log-usage.ts';
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
    `SELECT toString(day) AS date, sum(logs), sum(bytes) FROM ${tables.usage} WHERE ${orgCondition(orgId)} AND day BETWEEN toDate(${textLiteral(from)}) AND toDate(${textLiteral(to)}) GROUP BY day ORDER BY day`,
    deadline,
  );
  const logs = new Map(rows.map(([date, count, bytes]) => [String(date), [Number(count), Number(bytes)] as const]));
  const metrics = await readMetricUsage(runner, tables, orgId, { from, to }, deadline);
  return [...new Set([...logs.keys(), ...metrics.keys()])].sort().map((date) => ({
    date,
    logsCount: logs.get(date)?.[0] ?? 0,
    logsBytes: logs.get(date)?.[1] ?? 0,
    metricsCount: metrics.get(date) ?? 0,
    spansCount: 0,
    spansBytes: 0,
    rumCount: 0,
    rumBytes: 0,
  }));
}

/** Receipts this much older than now are taken to be counted: an insert that a crash cut in two belongs to batches received lately. */
const REPAIRED_MS = 2 * 24 * 3_600_000;

/**
 * Makes usage agree with the logs after a crash. A part of the logs and the view's row are two writes, and a kill can come between them; the next delivery of the batch finds the rows
 * stored and does not count them. What is missing per organization and day is added as a row. Only while nothing is being inserted, and only where this process alone inserts:
 * otherwise what is on its way would be counted twice.
 */
export async function repairUsage(
  engine: Engine,
  runner: QueryRunner,
  { logs, usage }: TableNames,
  nowMs: number,
  deadline: Deadline,
): Promise<number> {
  const firstDay = new Date(nowMs - REPAIRED_MS).toISOString().slice(0, 10);
  const received = `received_at >= toDateTime64(${textLiteral(firstDay)}, 3, 'UTC')`;
  const { rows } = await runner.run(
    `SELECT toString(organization_id), toString(day) FROM (
  SELECT organization_id, toDate(received_at) AS day, count() AS stored FROM ${logs} WHERE ${received} GROUP BY organization_id, day
) AS of_logs LEFT JOIN (
  SELECT organization_id, day, sum(logs) AS counted FROM ${usage} WHERE day >= toDate(${textLiteral(firstDay)}) GROUP BY organization_id, day
) AS of_usage USING (organization_id, day) WHERE stored > counted`,
    deadline,
  );
  for (const [organization, day] of rows) {
    const sameDay = `organization_id = ${textLiteral(String(organization))} AND day = toDate(${textLiteral(String(day))})`;
    await engine.command(
      `INSERT INTO ${usage} SELECT organization_id, day, sum(logs), sum(bytes) FROM (
  SELECT organization_id, toDate(received_at) AS day, toInt64(1) AS logs, toInt64(${CONTENT_BYTES}) AS bytes FROM ${logs} WHERE ${received} AND ${sameDay}
  UNION ALL
  SELECT organization_id, day, -logs, -bytes FROM ${usage} WHERE ${sameDay}
) GROUP BY organization_id, day`,
    );
  }
  return rows.length;
}

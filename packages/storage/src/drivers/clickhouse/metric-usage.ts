import type { OrgId } from '@aegisguard/model';
import type { TableNames } from './log-table.ts';
import type { Deadline, QueryRunner } from './query-runner.ts';
import { orgCondition } from './selection-sql.ts';
import { textLiteral } from './sql-literal.ts';

const DAY_MS = 86_400_000;
const FOLD_MS = 3_600_000;
/** Batches of a day may come again for some days after it; their rows stay for 14. */
const FOLDED_DAYS = 4;

/** How many samples came per day, by the date. Batches that came twice count once. */
export async function readMetricUsage(
  runner: QueryRunner,
  { metricUsage, metricUsageDays }: TableNames,
  orgId: OrgId,
  range: { readonly from: string; readonly to: string },
  deadline: Deadline,
): Promise<ReadonlyMap<string, number>> {
  const where = `${orgCondition(orgId)} AND day BETWEEN toDate(${textLiteral(range.from)}) AND toDate(${textLiteral(range.to)})`;
  const { rows } = await runner.run(
    `SELECT toString(day), max(sum) FROM (
  SELECT day, toUInt64(sum(metrics)) AS sum FROM (SELECT day, batch_id, max(metrics) AS metrics FROM ${metricUsage} WHERE ${where} GROUP BY day, batch_id) GROUP BY day
  UNION ALL
  SELECT day, metrics AS sum FROM ${metricUsageDays} WHERE ${where}
) GROUP BY day`,
    deadline,
  );
  return new Map(rows.map(([day, count]) => [String(day), Number(count)]));
}

/** Sums days up before the rows of their batches go. A sum only grows, so the largest is the latest, and summing up again does no harm. */
export class UsageFolding {
  readonly #tables: TableNames;
  readonly #command: (sql: string) => Promise<void>;
  #foldedAtMs = Number.NEGATIVE_INFINITY;

  constructor(tables: TableNames, command: (sql: string) => Promise<void>) {
    this.#tables = tables;
    this.#command = command;
  }

  /** Does so once an hour. */
  async fold(nowMs: number): Promise<void> {
    if (nowMs - this.#foldedAtMs < FOLD_MS) {
      return;
    }
    const day = (ms: number) => `toDate(${textLiteral(new Date(ms).toISOString().slice(0, 10))})`;
    await this.#command(
      `INSERT INTO ${this.#tables.metricUsageDays} (organization_id, day, metrics) SELECT organization_id, day, sum(metrics) FROM (SELECT organization_id, day, batch_id, max(metrics) AS metrics FROM ${this.#tables.metricUsage} WHERE day >= ${day(nowMs - FOLDED_DAYS * DAY_MS)} AND day < ${day(nowMs)} GROUP BY organization_id, day, batch_id) GROUP BY organization_id, day`,
    );
    this.#foldedAtMs = nowMs;
  }
}

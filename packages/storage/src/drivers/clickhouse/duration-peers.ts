import {
  addDurations,
  countNotAbove,
  type DurationPeers,
  durationQuantileMs,
  NANOS_PER_MS,
  type OrgId,
  type ServiceReader,
  totalStats,
} from '@aegisguard/model';
import type { TableNames } from './log-table.ts';
import type { Deadline, QueryRunner } from './query-runner.ts';
import { orgCondition, timeCondition } from './selection-sql.ts';
import { readSpanFigures, spanFiguresSql } from './span-metrics-query.ts';
import { int64Literal, textLiteral } from './sql-literal.ts';

/** More spans than this are not looked at one by one. */
const EXACT_MAX = 500_000;
const MINUTE_MS = 60_000n;
const NANOS_PER_MS_NUMBER = Number(NANOS_PER_MS);

/** Where a duration stands among those of its like. */
export async function durationPeers(
  runner: QueryRunner,
  tables: TableNames,
  orgId: OrgId,
  peers: Parameters<ServiceReader['durationPeers']>[1],
  deadline: Deadline,
): Promise<DurationPeers> {
  const { service, name, kind, start, end, durationNanos } = peers;
  const query = {
    services: [service],
    names: [name],
    kinds: [kind],
    startMs: Number(start / NANOS_PER_MS / MINUTE_MS) * Number(MINUTE_MS),
    endMs: Number((end / NANOS_PER_MS + MINUTE_MS - 1n) / MINUTE_MS) * Number(MINUTE_MS),
    resolution: 'minute',
    by: [],
    durations: true,
  } as const;
  const figures = await runner.run(spanFiguresSql(tables, orgId, query), deadline);
  const [counted] = figures.rows.map((row) => readSpanFigures(row, query));
  if (counted !== undefined && counted.calls > EXACT_MAX) {
    const durations = addDurations(counted.durations === undefined ? [] : [counted.durations]);
    const quantile = (share: number) => (durationQuantileMs(durations, share) ?? 0) * NANOS_PER_MS_NUMBER;
    return {
      count: counted.calls,
      countNotAbove: Math.round(countNotAbove(durations, Number(durationNanos) / NANOS_PER_MS_NUMBER)),
      p50: quantile(0.5),
      p90: quantile(0.9),
      p99: quantile(0.99),
      stats: totalStats([figures]),
    };
  }
  const exact = await runner.run(
    `SELECT count(), countIf(duration_nanos <= ${int64Literal(durationNanos)}), quantilesExact(0.5, 0.9, 0.99)(duration_nanos) FROM ${tables.spans} WHERE ${orgCondition(orgId)} AND service = ${textLiteral(service)} AND ${timeCondition(start, end)} AND name = ${textLiteral(name)} AND kind = ${textLiteral(kind)}`,
    deadline,
  );
  const [[count = 0, notAbove = 0, quantiles = []] = []] = exact.rows;
  const of = (place: number) => (Number(count) === 0 ? null : Number((quantiles as unknown[])[place]));
  return {
    count: Number(count),
    countNotAbove: Number(notAbove),
    p50: of(0),
    p90: of(1),
    p99: of(2),
    stats: totalStats([figures, exact]),
  };
}

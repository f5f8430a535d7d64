import { type OrgId, type SpanPeers, type SpanPeersQuestion, totalStats } from '@aegisguard/model';
import type { TableNames } from './log-table.ts';
import type { Deadline, QueryRunner } from './query-runner.ts';
import { orgCondition, timeCondition } from './selection-sql.ts';
import { textLiteral } from './sql-literal.ts';

/** How long the spans of a service, name and kind took. Exact: they lie together, and of each only four columns are read. */
export async function readSpanPeers(
  runner: QueryRunner,
  { spans }: TableNames,
  orgId: OrgId,
  { service, name, kind, start, end, durationNanos }: SpanPeersQuestion,
  deadline: Deadline,
): Promise<SpanPeers> {
  const answer = await runner.run(
    `SELECT count(), countIf(duration_nanos <= toUInt64('${durationNanos}')), arrayMap(nanos -> toString(nanos), quantilesExact(0.5, 0.9, 0.99)(duration_nanos)) FROM ${spans} WHERE ${orgCondition(orgId)} AND service = ${textLiteral(service)} AND ${timeCondition(start, end)} AND name = ${textLiteral(name)} AND kind = ${textLiteral(kind)}`,
    deadline,
  );
  const [count, notLonger, quantiles] = answer.rows[0] as unknown as [number, number, readonly string[]];
  return {
    count: Number(count),
    notLonger: Number(notLonger),
    quantileNanos: quantiles.map(Number),
    stats: totalStats([answer]),
  };
}

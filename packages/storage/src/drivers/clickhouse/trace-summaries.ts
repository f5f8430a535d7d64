import {
  type OrgId,
  type TraceListing,
  type TraceSummaries,
  type TraceSummary,
  totalStats,
  unixNanos,
} from '@aegisguard/model';
import type { TableNames } from './log-table.ts';
import type { Deadline, QueryRunner } from './query-runner.ts';
import { orgCondition, timeCondition } from './selection-sql.ts';
import { TRACE_DURATION, TRACE_START } from './span-query/trace-extents.ts';
import { horizonOf } from './span-query/trace-horizon.ts';
import { traceIdLiteral } from './trace-places.ts';

const SERVICES_MAX = 1_000;

/** What is told of traces that were found in a range, in the order of their ids. */
export async function summarizeTraces(
  runner: QueryRunner,
  { spans }: TableNames,
  orgId: OrgId,
  asked: TraceListing,
  deadline: Deadline,
): Promise<TraceSummaries> {
  const ids = asked.traceIds.flatMap((id) => traceIdLiteral(id) ?? []).join(', ');
  if (ids === '') {
    return { traces: [], stats: totalStats([]) };
  }
  const { start, end } = horizonOf(asked);
  const root = 'tuple(NOT is_root, timestamp, span_id)';
  const answer = await runner.run(
    `SELECT lower(hex(trace_id)), argMin(service, ${root}), argMin(name, ${root}), toString(${TRACE_START}), toString(${TRACE_DURATION}), uniqExact(span_id), uniqExactIf(span_id, status = 'error'), arraySort(groupUniqArray(${SERVICES_MAX})(service)) FROM ${spans} WHERE ${orgCondition(orgId)} AND ${timeCondition(start, end)} AND trace_id IN (${ids}) GROUP BY trace_id`,
    deadline,
    { isOfProjection: true },
  );
  const byId = new Map(answer.rows.map((row) => [String(row[0]), summaryOf(row)]));
  return { traces: asked.traceIds.flatMap((id) => byId.get(id) ?? []), stats: totalStats([answer]) };
}

function summaryOf(row: readonly unknown[]): TraceSummary {
  const [traceId, rootService, rootName, start, duration, spanCount, errorCount, services] = row;
  return {
    traceId: String(traceId),
    rootService: String(rootService),
    rootName: String(rootName),
    startTime: unixNanos(BigInt(String(start))),
    durationNanos: BigInt(String(duration)),
    spanCount: Number(spanCount),
    errorCount: Number(errorCount),
    services: services as readonly string[],
  };
}

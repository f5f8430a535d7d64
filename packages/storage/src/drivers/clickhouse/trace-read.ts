import type { OrgId, TraceSpans } from '@aegisguard/model';
import type { TableNames } from './log-table.ts';
import type { Deadline, QueryRunner } from './query-runner.ts';
import { totalStats } from './query-stats.ts';
import { orgCondition } from './selection-sql.ts';
import { readSpanRow, SPAN_ROW_COLUMNS } from './span-row.ts';

const TRACE_ID = /^[0-9a-f]{32}$/;

/** A trace id as a constant of its column's type; undefined when it is none, and so no span has it. */
export function traceIdLiteral(traceId: string): string | undefined {
  return TRACE_ID.test(traceId) ? `toFixedString(unhex('${traceId}'), 16)` : undefined;
}

/**
 * Reads a trace. The projection `by_trace` says where its spans lie: their services and start times, which are the table's order. A span that was sent twice counts once, as it came
 * last.
 */
export async function readTrace(
  runner: QueryRunner,
  { spans }: TableNames,
  orgId: OrgId,
  traceId: string,
  limit: number,
  deadline: Deadline,
): Promise<TraceSpans> {
  const id = traceIdLiteral(traceId);
  if (id === undefined) {
    return { spans: [], isCut: false, stats: totalStats([]) };
  }
  const ofTrace = `FROM ${spans} WHERE ${orgCondition(orgId)} AND trace_id = ${id}`;
  // One more than asked for tells whether the trace is cut.
  const ids = `SELECT span_id ${ofTrace} GROUP BY span_id ORDER BY min(timestamp), span_id LIMIT ${limit + 1}`;
  const places = `SELECT service, timestamp ${ofTrace} AND span_id IN (${ids})`;
  const answer = await runner.run(
    `SELECT ${SPAN_ROW_COLUMNS} ${ofTrace} AND (service, timestamp) IN (${places}) AND span_id IN (${ids}) ORDER BY received_at DESC, batch_id DESC, batch_index DESC LIMIT 1 BY span_id`,
    deadline,
  );
  const read = answer.rows.map(readSpanRow);
  read.sort((a, b) => compare(a.startTime, b.startTime) || compare(a.spanId, b.spanId));
  return { spans: read.slice(0, limit), isCut: read.length > limit, stats: totalStats([answer]) };
}

function compare<Key extends bigint | string>(a: Key, b: Key): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

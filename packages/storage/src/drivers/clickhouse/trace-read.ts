import { type OrgId, type SpanPlace, type TraceSpans, totalStats, unixNanos } from '@aegisguard/model';
import type { EngineAnswer } from './engine.ts';
import type { TableNames } from './log-table.ts';
import { type Deadline, type QueryRunner, SPAN_GROUPS_MAX } from './query-runner.ts';
import { orgCondition } from './selection-sql.ts';
import { readSpanRow, SPAN_ROW_COLUMNS } from './span-row.ts';
import { placesCondition, traceIdLiteral } from './trace-places.ts';

/** Spans of one statement, which may have 256 KiB. */
const WANTED_MAX = 5_000;

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
  // One more than asked for tells whether the trace is cut. Only their places are put together, which takes memory.
  const first = (of: string) => `${of} GROUP BY span_id ORDER BY min(timestamp), span_id LIMIT ${limit + 1}`;
  const ids = first(`SELECT span_id ${ofTrace}`);
  const index = await runner.run(
    first(
      `SELECT lower(hex(span_id)), groupUniqArray((service, toString(toUnixTimestamp64Nano(timestamp)))) ${ofTrace} AND span_id IN (${ids})`,
    ),
    deadline,
    { groupsMax: SPAN_GROUPS_MAX, isOfProjection: true },
  );
  const isCut = index.rows.length > limit;
  const places = index.rows
    .slice(0, limit)
    .flatMap(([spanId, found]) => (found as [string, string][]).map((place) => placeOf(String(spanId), place)));
  if (places.length === 0) {
    return { spans: [], isCut, stats: totalStats([index]) };
  }
  const { spans: read, answer } = await readRows(runner, ofTrace, places, deadline);
  return { spans: read, isCut, stats: totalStats([index, answer]) };
}

/** Reads spans of a trace whose places are known; those that are gone since are not there. */
export async function readSpansAt(
  runner: QueryRunner,
  { spans }: TableNames,
  orgId: OrgId,
  traceId: string,
  places: readonly SpanPlace[],
  deadline: Deadline,
): Promise<Pick<TraceSpans, 'spans' | 'stats'>> {
  const ofTrace = `FROM ${spans} WHERE ${orgCondition(orgId)} AND trace_id = ${traceIdLiteral(traceId)}`;
  const read: TraceSpans['spans'][number][] = [];
  const answers: EngineAnswer[] = [];
  for (let first = 0; first < places.length; first += WANTED_MAX) {
    const found = await readRows(runner, ofTrace, places.slice(first, first + WANTED_MAX), deadline);
    read.push(...found.spans);
    answers.push(found.answer);
  }
  return { spans: read, stats: totalStats(answers) };
}

/** By start, then by id. */
async function readRows(runner: QueryRunner, ofTrace: string, places: readonly SpanPlace[], deadline: Deadline) {
  // Ranges of places may hold much else of the trace.
  const ids = places.map(({ spanId }) => Buffer.from(spanId, 'hex').readBigUInt64LE());
  const isWanted = places.length > WANTED_MAX ? '1' : `reinterpretAsUInt64(span_id) IN (${ids.join(', ')})`;
  const answer = await runner.run(
    `SELECT ${SPAN_ROW_COLUMNS} ${ofTrace} AND ${placesCondition(places)} AND ${isWanted} ORDER BY received_at DESC, batch_id DESC, batch_index DESC LIMIT 1 BY span_id`,
    deadline,
  );
  const wanted = new Set(places.map(({ spanId }) => spanId));
  const spans = answer.rows.map(readSpanRow).filter(({ spanId }) => wanted.has(spanId));
  spans.sort((a, b) => compare(a.startTime, b.startTime) || compare(a.spanId, b.spanId));
  return { spans, answer };
}

function placeOf(spanId: string, [service, timestamp]: [string, string]): SpanPlace {
  return { spanId, service, startTime: unixNanos(BigInt(timestamp)) };
}

function compare<Key extends bigint | string>(a: Key, b: Key): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

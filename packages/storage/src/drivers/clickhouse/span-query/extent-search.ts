import type { TracePosition } from '@aegisguard/model';
import type { Density } from '../density.ts';
import { type FoundGroup, firstGroups, fitting } from '../group-search.ts';
import { SPAN_GROUPS_MAX } from '../query-runner.ts';
import { timeLiteral } from '../selection-sql.ts';
import { wholeNumberLiteral } from '../sql-literal.ts';
import { confirmedTraces, placeAfter, TRACES_GROWTH, TRACES_MAX } from './confirmed-traces.ts';
import type { TraceQuest } from './find-traces.ts';
import type { SpanReading } from './span-reading.ts';
import { TRACE_END } from './trace-extents.ts';
import { horizonHours } from './trace-horizon.ts';

/** Where of so many traces too few are right, most are refused. */
const CANDIDATES_MAX = 2 * TRACES_MAX;

/** Where there are no more spans in the range, there are few around it. */
const FEW_SPANS = 5_000;
/** All traces of the range and of a day before and behind it are put in order, which is less work than to look through the spans of half a day, where they are spread evenly. */
const HORIZON_RANGES_MAX = 5n;

/** The traces that were found, and where to go on: undefined when there are no more, or enough. */
interface FoundByExtent {
  readonly found: readonly FoundGroup[];
  readonly rest: { readonly after: TracePosition | undefined } | undefined;
}

/** Whether traces are better found so than by the spans of the range. */
export function isByExtentBest({ range, horizon }: TraceQuest, { slots }: Density): boolean {
  const spans = slots.reduce((sum, { count }) => sum + count, 0);
  return spans <= FEW_SPANS || (range.end - range.start) * HORIZON_RANGES_MAX >= horizon.end - horizon.start;
}

/** Finds traces by when they begin and end, which a projection tells of all of them: in their order, some at a time, of which those are kept of which everything else is true. */
export async function searchByExtent(reading: SpanReading, quest: TraceQuest, key: string): Promise<FoundByExtent> {
  const found: FoundGroup[] = [];
  let { after } = quest;
  let size = quest.wanted * 2;
  for (let seen = 0; seen < CANDIDATES_MAX; ) {
    // To put them in order is the work, whatever their number.
    const candidates = await candidatesAfter(reading, quest, { key, after, count: TRACES_MAX });
    if (candidates === undefined) {
      return { found, rest: { after } };
    }
    for (let from = 0; from < candidates.length; size *= TRACES_GROWTH) {
      const some = candidates.slice(from, from + size);
      found.push(...(await confirmedTraces(reading, quest, { hexIds: some.map(({ hexId }) => hexId), key })));
      if (found.length >= quest.wanted) {
        return { found: firstGroups(found, quest.wanted), rest: undefined };
      }
      from += some.length;
    }
    const last = candidates.at(-1);
    if (last === undefined || candidates.length < TRACES_MAX) {
      return { found: firstGroups(found, quest.wanted), rest: undefined };
    }
    after = { key: last.key, traceId: last.hexId };
    seen += candidates.length;
  }
  return { found: firstGroups(found, quest.wanted), rest: { after } };
}

/** The next traces that are not over before the range and have not begun after it; undefined where there are too many to be put in order. */
async function candidatesAfter(
  { runner, deadline, answers, spans, org }: SpanReading,
  { range, horizon, having }: TraceQuest,
  asked: { readonly key: string; readonly after: TracePosition | undefined; readonly count: number },
): Promise<readonly FoundGroup[] | undefined> {
  const { key, after, count } = asked;
  const conditions = [
    `min(timestamp) < ${timeLiteral(range.end)}`,
    `${TRACE_END} >= toUInt64('${range.start}')`,
    ...(after === undefined ? [] : [placeAfter(after)]),
    ...having.flatMap(({ sql, isOfExtent }) => (isOfExtent ? [sql] : [])),
  ];
  const answer = await fitting(
    runner.run(
      `SELECT lower(hex(trace_id)), toString(${key} AS sort_key) FROM ${spans} WHERE ${org} AND ${horizonHours(horizon)} GROUP BY trace_id HAVING ${conditions.join(' AND ')} ORDER BY sort_key DESC, trace_id DESC LIMIT ${wholeNumberLiteral(count)}`,
      deadline,
      { groupsMax: SPAN_GROUPS_MAX, isOfProjection: true, isInOrder: true },
    ),
  );
  if (answer === undefined) {
    return undefined;
  }
  answers.push(answer);
  return answer.rows.map(([id, sortKey]) => ({ hexId: String(id), key: BigInt(String(sortKey)) }));
}

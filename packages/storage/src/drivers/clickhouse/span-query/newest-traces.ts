import { unixNanos } from '@aegisguard/model';
import { type Density, readDensity, windowBefore } from '../density.ts';
import { type FoundGroup, firstGroups, fitting, searchGroups } from '../group-search.ts';
import { timeCondition } from '../selection-sql.ts';
import { wholeNumberLiteral } from '../sql-literal.ts';
import { traceIdLiteral } from '../trace-places.ts';
import type { Approximation } from './approximation.ts';
import { STATEMENT_BYTES_MAX } from './condition-within.ts';
import type { TraceQuest } from './find-traces.ts';
import { leadingCondition } from './leading-condition.ts';
import { groupSearchOf } from './slowest-traces.ts';
import { spanPlaces } from './span-places.ts';
import type { SpanReading } from './span-reading.ts';
import { TRACE_START } from './trace-condition-sql.ts';

/** Spans of a first window, per trace that is wanted, and where a filter thins them out by an unknown factor. */
const SPANS_PER_TRACE = 40;
const FILTERED_TARGET = 100_000;
/** Each window that had few traces is followed by one of so many times as many spans. */
const TARGET_GROWTH = 4;
/** Traces that are looked at one by one, as many as are wanted and some more; their ids stand in a statement of at most 256 KiB. */
const TRACES_MAX = 1_000;
const TRACES_GROWTH = 4;
/** Where so many times as many traces of the newest spans gave too few, most are refused: from then on whole windows are looked through at once. */
const ROUNDS_MAX = 4;

/** Traces that may be meant, of the newest spans; all of those that have such spans from a time on. */
interface Candidates {
  readonly hexIds: readonly string[];
  readonly since: bigint;
  /** Whether the window had more. */
  readonly isCut: boolean;
}

/**
 * Finds the traces that start last. They are found by their latest spans that meet the leading condition; what else is asked of them is looked up by their ids. Enough was looked at once as many traces as wanted start within the time that was: what has only
 * earlier spans starts earlier.
 */
export async function newestTraces(reading: SpanReading, quest: TraceQuest): Promise<readonly FoundGroup[]> {
  const { range, wanted, conditions } = quest;
  const { runner, spans, orgId, deadline, answers } = reading;
  const density = await readDensity(runner, spans, orgId, range, quest.densityConditions, deadline);
  answers.push(density.answer);
  const leading = await leadingCondition(reading, conditions, windowBefore(range, density, range.end, FILTERED_TARGET));
  const isFiltered = !leading.isCounted || conditions.length > 1 || quest.having.length > 0;
  const firstTarget = isFiltered ? FILTERED_TARGET : wanted * SPANS_PER_TRACE;
  const search = groupSearchOf(reading, quest, leading);
  let found: readonly FoundGroup[] = [];
  let end: bigint = range.end;
  let target = firstTarget;
  let count = Math.min(TRACES_MAX, wanted * 2);
  for (let rounds = 0; rounds < ROUNDS_MAX && end > range.start; ) {
    const candidates = await candidatesBefore(reading, quest, density, { leading, end, target, count });
    if (candidates === undefined) {
      break;
    }
    const known = new Set(found.map(({ hexId }) => hexId));
    const fresh = candidates.hexIds.filter((id) => !known.has(id));
    found = firstGroups([...found, ...(await confirmed(reading, quest, leading, fresh))], wanted);
    end = candidates.since;
    if (found.filter(({ key }) => key >= end).length >= wanted) {
      return found;
    }
    if (candidates.isCut) {
      rounds += 1;
      count = Math.min(TRACES_MAX, count * TRACES_GROWTH);
    } else {
      target *= TARGET_GROWTH;
    }
  }
  const rest = await searchGroups(
    runner,
    orgId,
    {
      ...search,
      range: { start: range.start, end: unixNanos(end) },
      key: TRACE_START,
      isKeyStart: true,
      firstTarget,
    },
    deadline,
    answers,
  );
  const all = new Map([...found, ...rest].map((group) => [group.hexId, group]));
  return firstGroups(all.values(), wanted);
}

/** The traces of the newest spans before `end` that meet the leading condition; undefined where they are not to be told apart so. */
async function candidatesBefore(
  { runner, spans, org, deadline, answers }: SpanReading,
  { range }: TraceQuest,
  density: Density,
  asked: { readonly leading: Approximation; readonly end: bigint; readonly target: number; readonly count: number },
): Promise<Candidates | undefined> {
  const { leading, count } = asked;
  const window = windowBefore(range, density, asked.end, asked.target);
  const answer = await fitting(
    runner.run(
      `SELECT lower(hex(trace_id)), toString(toUnixTimestamp64Nano(max(timestamp)) AS latest) FROM ${spans} WHERE ${org} AND ${timeCondition(window.start, window.end)} AND ${leading.sql} GROUP BY trace_id ORDER BY latest DESC LIMIT ${wholeNumberLiteral(count + 1)}`,
      deadline,
    ),
  );
  if (answer === undefined) {
    return undefined;
  }
  answers.push(answer);
  const found = answer.rows.map(([id, latest]) => ({ hexId: String(id), latest: BigInt(String(latest)) }));
  const first = found[count];
  const whole = first === undefined ? found : found.filter(({ latest }) => latest > first.latest);
  const since = first === undefined ? window.start : first.latest + 1n;
  return whole.length === 0 && first !== undefined
    ? undefined
    : { hexIds: whole.map(({ hexId }) => hexId), since, isCut: first !== undefined };
}

/** Those of some traces that are wanted, with their keys. */
async function confirmed(
  reading: SpanReading,
  quest: TraceQuest,
  leading: Approximation,
  hexIds: readonly string[],
): Promise<readonly FoundGroup[]> {
  if (hexIds.length === 0) {
    return [];
  }
  const { spans, org } = reading;
  const { range, horizon, after } = quest;
  const place = after && `(sort_key, trace_id) < (toUInt64('${after.key}'), ${traceIdLiteral(after.traceId)})`;
  const having = [...(place === undefined ? [] : [place]), ...quest.having];
  const ofTraces = `${org} AND ${timeCondition(horizon.start, horizon.end)} AND trace_id IN (${idList(hexIds)})`;
  const rows = await reading.rows(
    `SELECT lower(hex(trace_id)), toString(${TRACE_START} AS sort_key) FROM ${spans} WHERE ${ofTraces} GROUP BY trace_id${having.length === 0 ? '' : ` HAVING ${having.join(' AND ')}`}`,
  );
  const found = rows.map(([id, key]) => ({ hexId: String(id), key: BigInt(String(key)) }));
  const others = quest.conditions.filter((condition) => condition !== leading).map(({ sql }) => sql);
  if (others.length === 0 || found.length === 0) {
    return found;
  }
  const ofFound = `${org} AND ${timeCondition(range.start, range.end)} AND trace_id IN (${idList(found.map(({ hexId }) => hexId))})`;
  const meetingSql = (filter: string) =>
    `SELECT lower(hex(trace_id)) FROM ${spans} WHERE ${spanPlaces(spans, ofFound)} AND ${ofFound}${filter} GROUP BY trace_id HAVING ${others.map((sql) => `countIf(${sql}) > 0`).join(' AND ')}`;
  // Faster, where the conditions may be said twice.
  const filtered = meetingSql(` AND (${others.join(' OR ')})`);
  const meeting = await reading.rows(Buffer.byteLength(filtered) <= STATEMENT_BYTES_MAX ? filtered : meetingSql(''));
  const ids = new Set(meeting.map(([id]) => String(id)));
  return found.filter(({ hexId }) => ids.has(hexId));
}

function idList(hexIds: readonly string[]): string {
  return hexIds.flatMap((id) => traceIdLiteral(id) ?? []).join(', ');
}

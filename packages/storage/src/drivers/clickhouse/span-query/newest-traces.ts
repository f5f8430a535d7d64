import { unixNanos } from '@aegisguard/model';
import { type Density, readDensity, windowBefore } from '../density.ts';
import { type FoundGroup, firstGroups, fitting } from '../group-search.ts';
import { timeCondition } from '../selection-sql.ts';
import { wholeNumberLiteral } from '../sql-literal.ts';
import type { Approximation } from './approximation.ts';
import { confirmedTraces, TRACES_GROWTH, TRACES_MAX } from './confirmed-traces.ts';
import { isByExtentBest, searchByExtent } from './extent-search.ts';
import type { TraceQuest } from './find-traces.ts';
import { leadingCondition } from './leading-condition.ts';
import type { SpanReading } from './span-reading.ts';
import { TRACE_START } from './trace-extents.ts';
import { searchWindows } from './window-search.ts';

/** Spans of a first window, per trace that is wanted, and where a filter thins them out by an unknown factor. */
const SPANS_PER_TRACE = 40;
const FILTERED_TARGET = 100_000;
/** Each window that had few traces is followed by one of so many times as many spans; one that had none, by more. */
const TARGET_GROWTH = 4;
const TARGET_GROWTH_OF_NONE = 16;
/** Where so many times as many traces of the newest spans gave too few, most are refused: from then on whole windows are looked through at once. */
const ROUNDS_MAX = 4;
/** Where it is also asked how long traces take, a projection tells of all. */
const ROUNDS_BEFORE_EXTENT = 1;

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
  const latest = windowBefore(range, density, range.end, FILTERED_TARGET);
  const leading = await leadingCondition(reading, conditions, latest);
  const isFiltered = !leading.isCounted || conditions.length > 1 || quest.having.length > 0;
  const firstTarget = isFiltered ? FILTERED_TARGET : wanted * SPANS_PER_TRACE;
  const isOfExtent = quest.having.some((one) => one.isOfExtent) && isByExtentBest(quest, density);
  const roundsMax = isOfExtent ? ROUNDS_BEFORE_EXTENT : ROUNDS_MAX;
  let found: readonly FoundGroup[] = [];
  let end: bigint = range.end;
  let target = firstTarget;
  let count = Math.min(TRACES_MAX, wanted * 2);
  for (let rounds = 0; rounds < roundsMax && end > range.start; ) {
    const candidates = await candidatesBefore(reading, quest, density, { leading, end, target, count });
    if (candidates === undefined) {
      break;
    }
    const known = new Set(found.map(({ hexId }) => hexId));
    const hexIds = candidates.hexIds.filter((id) => !known.has(id));
    const fresh = await confirmedTraces(reading, quest, { hexIds, key: TRACE_START, known: leading });
    found = firstGroups([...found, ...fresh], wanted);
    end = candidates.since;
    if (found.filter(({ key }) => key >= end).length >= wanted) {
      return found;
    }
    if (candidates.isCut) {
      rounds += 1;
      count = Math.min(TRACES_MAX, count * TRACES_GROWTH);
    } else {
      target *= candidates.hexIds.length === 0 ? TARGET_GROWTH_OF_NONE : TARGET_GROWTH;
    }
  }
  if (end <= range.start) {
    return found;
  }
  const windows = { leading, density, firstTarget, key: TRACE_START, isKeyStart: true };
  if (!isOfExtent) {
    const rest = await searchWindows(
      reading,
      { ...quest, range: { start: range.start, end: unixNanos(end) } },
      windows,
    );
    return firstGroups(new Map([...found, ...rest].map((group) => [group.hexId, group])).values(), wanted);
  }
  const byExtent = await searchByExtent(reading, quest, TRACE_START);
  return byExtent.rest === undefined
    ? byExtent.found
    : [...byExtent.found, ...(await searchWindows(reading, { ...quest, ...byExtent.rest }, windows))].slice(0, wanted);
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

import { type FoundGroup, type GroupSearch, searchGroups } from '../group-search.ts';
import { timeCondition } from '../selection-sql.ts';
import { traceIdLiteral } from '../trace-places.ts';
import type { Approximation } from './approximation.ts';
import type { TraceQuest } from './find-traces.ts';
import { leadingCondition } from './leading-condition.ts';
import type { SpanReading } from './span-reading.ts';
import { TRACE_DURATION } from './trace-condition-sql.ts';

/** Every window must be looked through. */
const FIRST_TARGET = 200_000;

/** Finds the traces that take longest. */
export async function slowestTraces(reading: SpanReading, quest: TraceQuest): Promise<readonly FoundGroup[]> {
  const leading = await leadingCondition(reading, quest.conditions, quest.range);
  const search = groupSearchOf(reading, quest, leading);
  return await searchGroups(
    reading.runner,
    reading.orgId,
    { ...search, key: TRACE_DURATION, isKeyStart: false, firstTarget: FIRST_TARGET },
    reading.deadline,
    reading.answers,
  );
}

/** The search for traces that have a span that meets the leading condition, in windows; and, anywhere in the range, spans for the others. */
export function groupSearchOf(
  { spans, org }: SpanReading,
  { range, horizon, conditions, densityConditions, having, wanted, after }: TraceQuest,
  leading: Approximation,
): Omit<GroupSearch, 'key' | 'isKeyStart' | 'firstTarget'> {
  const others = conditions.filter((condition) => condition !== leading);
  return {
    table: spans,
    idColumn: 'trace_id',
    condition: leading.sql,
    groupConditions: others.map(
      ({ sql }) =>
        `trace_id IN (SELECT trace_id FROM ${spans} WHERE ${org} AND ${timeCondition(range.start, range.end)} AND ${sql})`,
    ),
    having,
    range,
    densityConditions,
    horizon,
    after: after && { key: after.key, idLiteral: traceIdLiteral(after.traceId) ?? "''" },
    wanted,
  };
}

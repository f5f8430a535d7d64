import type { Density } from '../density.ts';
import { type FoundGroup, searchGroups } from '../group-search.ts';
import { timeCondition } from '../selection-sql.ts';
import { traceIdLiteral } from '../trace-places.ts';
import type { Approximation } from './approximation.ts';
import type { TraceQuest } from './find-traces.ts';
import type { SpanReading } from './span-reading.ts';
import { horizonHours } from './trace-horizon.ts';

/** How windows are looked through. */
interface WindowSearch {
  readonly leading: Approximation;
  readonly density: Density;
  readonly firstTarget: number;
  readonly key: string;
  readonly isKeyStart: boolean;
}

/** Finds traces that have a span that meets the leading condition, window by window; and, anywhere in the range, spans for the others. */
export async function searchWindows(
  { runner, spans, org, orgId, deadline, answers }: SpanReading,
  { range, horizon, conditions, having, wanted, after }: TraceQuest,
  { leading, ...windows }: WindowSearch,
): Promise<readonly FoundGroup[]> {
  const others = conditions.filter((condition) => condition !== leading);
  return await searchGroups(
    runner,
    orgId,
    {
      ...windows,
      table: spans,
      idColumn: 'trace_id',
      condition: leading.sql,
      groupConditions: others.map(
        ({ sql }) =>
          `trace_id IN (SELECT trace_id FROM ${spans} WHERE ${org} AND ${timeCondition(range.start, range.end)} AND ${sql})`,
      ),
      having: having.map(({ sql }) => sql),
      range,
      horizon: having.every(({ isOfExtent }) => isOfExtent)
        ? horizonHours(horizon)
        : timeCondition(horizon.start, horizon.end),
      after: after && { key: after.key, idLiteral: traceIdLiteral(after.traceId) ?? "''" },
      wanted,
    },
    deadline,
    answers,
  );
}

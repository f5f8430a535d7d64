import type { SpanCondition } from '@aegisguard/model';
import { EVERYTHING } from './approximation.ts';
import { compareText } from './attribute-condition.ts';
import { compareNanos } from './intrinsic-condition.ts';
import { TRACE_DURATION } from './trace-extents.ts';

/** Something that is asked of the whole trace, over all its spans; as with spans it may be true of more. */
export interface TraceCondition {
  readonly sql: string;
  /** Whether the projection `trace_extents` tells. */
  readonly isOfExtent: boolean;
}

/** Spans that came several times count as they came last, and what came before is here, too. */
const HAS_VERSIONS = 'count() > uniqExact(span_id)';

/** What a condition asks of the whole trace; what is asked of spans is not told here. */
export function traceConditionsSql(condition: SpanCondition): readonly TraceCondition[] {
  const parts = condition.kind === 'all' ? condition.of : [condition];
  return parts.flatMap((part) => (part.kind === 'all' ? traceConditionsSql(part) : (partSql(part) ?? [])));
}

function partSql(part: SpanCondition): TraceCondition | undefined {
  if (part.kind !== 'compare' || part.field.kind !== 'trace') {
    return undefined;
  }
  if (part.field.name === 'trace-duration') {
    const { sql } = compareNanos(`(${TRACE_DURATION})`, part);
    // Of all versions together the trace takes longest.
    const isOfExtent = part.op === '>' || part.op === '>=';
    return sql === EVERYTHING.sql ? undefined : { sql: isOfExtent ? sql : `(${sql} OR ${HAS_VERSIONS})`, isOfExtent };
  }
  const { sql } = compareText(part.field.name === 'root-service' ? 'service' : 'name', part);
  return { sql: `(countIf(is_root AND ${sql}) > 0 OR countIf(is_root) = 0)`, isOfExtent: false };
}

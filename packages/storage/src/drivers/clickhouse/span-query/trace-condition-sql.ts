import type { SpanCondition } from '@aegisguard/model';
import { EVERYTHING } from './approximation.ts';
import { compareText } from './attribute-condition.ts';
import { compareNanos } from './intrinsic-condition.ts';

/** When a trace starts, and how long it takes, by all its spans. */
export const TRACE_START = 'toUInt64(toUnixTimestamp64Nano(min(timestamp)))';
export const TRACE_DURATION = `max(toUInt64(toUnixTimestamp64Nano(timestamp)) + duration_nanos) - ${TRACE_START}`;

/** Spans that came several times count as they came last, and what came before is here, too. */
const HAS_VERSIONS = 'count() > uniqExact(span_id)';

/** What a condition asks of the whole trace, as conditions over its spans; what is asked of spans is not told here. As with spans they may be true of more. */
export function traceConditionsSql(condition: SpanCondition): readonly string[] {
  const parts = condition.kind === 'all' ? condition.of : [condition];
  return parts.flatMap((part) => partSql(part) ?? []);
}

function partSql(part: SpanCondition): string | undefined {
  if (part.kind === 'all') {
    const inner = traceConditionsSql(part);
    return inner.length === 0 ? undefined : inner.join(' AND ');
  }
  if (part.kind !== 'compare' || part.field.kind !== 'trace') {
    return undefined;
  }
  if (part.field.name === 'trace-duration') {
    const { sql } = compareNanos(`(${TRACE_DURATION})`, part);
    return sql === EVERYTHING.sql ? undefined : `(${sql} OR ${HAS_VERSIONS})`;
  }
  const { sql } = compareText(part.field.name === 'root-service' ? 'service' : 'name', part);
  return `(countIf(is_root AND ${sql}) > 0 OR countIf(is_root) = 0)`;
}

import type { SpanFunnelQuery } from '@aegisguard/model';
import { timeCondition } from '../selection-sql.ts';
import type { Approximation } from './approximation.ts';
import type { SpanReading } from './span-reading.ts';

/**
 * A row for each trace that enters: what `FunnelBlocks` reads. The spans of a trace that are of any step, in their order, are one array of (start, id, steps as bits, failed); each step takes the first that it may, from there on. A step that is
 * not passed is a tuple of zeros, whose bits are of no step.
 */
export function funnelSql(
  { spans, org }: SpanReading,
  { start, end }: SpanFunnelQuery,
  conditions: readonly Approximation[],
  { part, parts }: { readonly part: number; readonly parts: number },
): string {
  const bits = conditions.map(({ sql }, step) => `if(${sql}, ${2 ** step}, 0)`).join(' + ');
  const any = conditions.map(({ sql }) => `(${sql})`).join(' OR ');
  const ofPart = parts === 1 ? '' : ` AND cityHash64(trace_id) % ${parts} = ${part}`;
  const span = `(toUnixTimestamp64Nano(timestamp), span_id, toUInt8(${bits}) AS bits, toUInt8(status = 'error'))`;
  const grouped = `SELECT trace_id, arraySort(groupArray(${span})) AS events FROM ${spans} WHERE ${org} AND ${timeCondition(start, end)} AND (${any})${ofPart} GROUP BY trace_id HAVING bitTest(groupBitOr(bits), 0)`;
  const passed = conditions.reduce((from, _, step) => `SELECT *, ${firstOf(step)} AS s${step} FROM (${from})`, grouped);
  const told = conditions.map((_, step) => `s${step}.1, s${step}.2, s${step}.3, s${step}.4`);
  return `SELECT trace_id, ${told.join(', ')} FROM (${passed})`;
}

/** The first span of a step that starts no earlier than the one before and has passed no step yet. */
function firstOf(step: number): string {
  const before = step === 0 ? [] : [`s${step - 1}.3 != 0`, `e.1 >= s${step - 1}.1`];
  const others = Array.from({ length: step }, (_, passed) => `e.2 != s${passed}.2`);
  return `arrayFirst(e -> ${[...before, `bitTest(e.3, ${step})`, ...others].join(' AND ')}, events)`;
}

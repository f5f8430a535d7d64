import type { Approximation } from './approximation.ts';
import { lastVersionsSql, type RepeatedSpans } from './repeated-spans.ts';

/** Spans that a funnel is about. */
export interface FunnelRows {
  readonly table: string;
  /** What is asked of all spans, whatever the steps. */
  readonly where: string;
  /** Which of them may have come several times; absent: none. */
  readonly repeated: RepeatedSpans | undefined;
}

/**
 * A row for each trace that enters: what `FunnelBlocks` reads. The spans of a trace that are of any step, in their order, are one array of (start, id, steps as bits, failed); each step takes the first that it may, from there on. A step that is
 * not passed is a tuple of zeros, whose bits are of no step.
 */
export function funnelSql(rows: FunnelRows, conditions: readonly Approximation[]): string {
  const grouped = `SELECT trace_id, arraySort(groupArray((start, span_id, bits, failed))) AS events FROM (${stepRows(rows, conditions)}) GROUP BY trace_id HAVING bitTest(groupBitOr(bits), 0)`;
  const passed = conditions.reduce((from, _, step) => `SELECT *, ${firstOf(step)} AS s${step} FROM (${from})`, grouped);
  const told = conditions.map((_, step) => `s${step}.1, s${step}.2, s${step}.3, s${step}.4`);
  return `SELECT trace_id, ${told.join(', ')} FROM (${passed})`;
}

/** The spans of any step. Of what came several times the last row tells of which steps the span is, if of any: only these are put in order. */
function stepRows({ table, where, repeated }: FunnelRows, conditions: readonly Approximation[]): string {
  const bits = conditions.map(({ sql }, step) => `if(${sql}, ${2 ** step}, 0)`).join(' + ');
  const any = conditions.map(({ sql }) => `(${sql})`).join(' OR ');
  const select = `SELECT trace_id, toUnixTimestamp64Nano(timestamp) AS start, span_id, toUInt8(${bits}) AS bits, toUInt8(status = 'error') AS failed`;
  const from = `FROM ${table} WHERE ${where}`;
  if (repeated === undefined) {
    return `${select} ${from} AND (${any})`;
  }
  const last = lastVersionsSql(`${select}, received_at, batch_id, batch_index ${from} AND ${repeated.repeated}`);
  return `${select} ${from} AND (${any}) AND ${repeated.once} UNION ALL SELECT trace_id, start, span_id, bits, failed FROM (${last}) WHERE bits != 0`;
}

/** The first span of a step that starts no earlier than the one before and has passed no step yet. */
function firstOf(step: number): string {
  const before = step === 0 ? [] : [`s${step - 1}.3 != 0`, `e.1 >= s${step - 1}.1`];
  const others = Array.from({ length: step }, (_, passed) => `e.2 != s${passed}.2`);
  return `arrayFirst(e -> ${[...before, `bitTest(e.3, ${step})`, ...others].join(' AND ')}, events)`;
}

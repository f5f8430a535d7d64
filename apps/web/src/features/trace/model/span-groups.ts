import { isError, type TraceModel } from './trace-model.ts';

/** Spans of the same service and name, or of the same service. Times in nanoseconds. */
export interface SpanGroup {
  readonly service: number;
  /** -1 where all of a service are one group. */
  readonly name: number;
  readonly count: number;
  readonly errors: number;
  readonly total: number;
  readonly self: number;
  /** Time on the critical path. */
  readonly critical: number;
  readonly p50: number;
  readonly p95: number;
  readonly max: number;
}

/** What spans can be put together by. */
export type GroupBy = 'operation' | 'service';

/** The value below which the share of sorted values lies, by nearest rank. */
function percentile(sorted: Float64Array, share: number): number {
  return sorted[Math.max(0, Math.ceil(sorted.length * share) - 1)] ?? 0;
}

function criticalTime({ critical: { offsets, from, until } }: TraceModel, row: number): number {
  let sum = 0;
  for (let at = offsets[row] ?? 0; at < (offsets[row + 1] ?? 0); at++) {
    sum += (until[at] ?? 0) - (from[at] ?? 0);
  }
  return sum;
}

function groupOf(model: TraceModel, rows: readonly number[], by: GroupBy): SpanGroup {
  const first = rows[0] ?? 0;
  const durations = Float64Array.from(rows, (row) => model.duration[row] ?? 0).sort();
  let [errors, total, self, critical] = [0, 0, 0, 0];
  for (const row of rows) {
    errors += isError(model, row) ? 1 : 0;
    total += model.duration[row] ?? 0;
    self += model.self[row] ?? 0;
    critical += criticalTime(model, row);
  }
  return {
    service: model.service[first] ?? 0,
    name: by === 'service' ? -1 : (model.name[first] ?? 0),
    count: rows.length,
    errors,
    total,
    self,
    critical,
    p50: percentile(durations, 0.5),
    p95: percentile(durations, 0.95),
    max: durations.at(-1) ?? 0,
  };
}

/** The spans of a trace in groups, those with the most time of their own first. */
export function spanGroups(model: TraceModel, by: GroupBy): readonly SpanGroup[] {
  const { service, name, names, count } = model;
  const groups = new Map<number, number[]>();
  for (let row = 0; row < count; row++) {
    const key = by === 'service' ? (service[row] ?? 0) : (service[row] ?? 0) * names.length + (name[row] ?? 0);
    const rows = groups.get(key);
    if (rows === undefined) {
      groups.set(key, [row]);
    } else {
      rows.push(row);
    }
  }
  return [...groups.values()].map((rows) => groupOf(model, rows, by)).sort((a, b) => b.self - a.self);
}

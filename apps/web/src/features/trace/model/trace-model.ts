import { OUTLINE_FLAGS, type TraceOutline } from '@aegisguard/model';
import { spanName } from '../span-name.ts';
import { servicePlaces } from './service-places.ts';

/** Nanoseconds after the trace's start; `until` is exclusive. */
export interface TimeWindow {
  readonly from: number;
  readonly until: number;
}

/** All spans of a trace by their row, which is their place in waterfall order: a parent before its children, siblings by start. Times are nanoseconds after the trace's start. */
export interface TraceModel {
  readonly traceId: string;
  readonly count: number;
  readonly ids: readonly string[];
  /** Row of the parent; -1 for a root. */
  readonly parent: Int32Array;
  readonly depth: Int32Array;
  readonly maxDepth: number;
  /** The row after the last one below this row. */
  readonly end: Int32Array;
  readonly children: Int32Array;
  readonly start: Float64Array;
  readonly duration: Float64Array;
  readonly self: Float64Array;
  readonly services: readonly string[];
  readonly names: readonly string[];
  /** Indexes of `services` and `names`. */
  readonly service: Uint32Array;
  readonly name: Uint32Array;
  /** Places in SPAN_KINDS and SPAN_STATUSES. */
  readonly kind: Uint8Array;
  readonly status: Uint8Array;
  /** Sums of OUTLINE_FLAGS. */
  readonly flags: Uint8Array;
  /** Spans below this row that failed. */
  readonly errorsBelow: Int32Array;
  /** The place in the palette of each service's colour. */
  readonly palette: Uint8Array;
  /** From the start of the trace to the end of its last span. */
  readonly total: number;
  /** Sections of the critical path by row: those of row r are `[offsets[r], offsets[r + 1])`, earliest first. */
  readonly critical: {
    readonly offsets: Int32Array;
    readonly from: Float64Array;
    readonly until: Float64Array;
  };
  /** The row of a span; undefined when it is not of the trace. */
  readonly rowOf: (spanId: string) => number | undefined;
}

const ERROR = 2;

/** True when a span failed. */
export function isError({ status }: TraceModel, row: number): boolean {
  return status[row] === ERROR;
}

/** True when something that OUTLINE_FLAGS names is remarkable about a span. */
export function hasFlag({ flags }: TraceModel, row: number, flag: keyof typeof OUTLINE_FLAGS): boolean {
  return ((flags[row] ?? 0) & OUTLINE_FLAGS[flag]) !== 0;
}

/** The name of a span's service, as it is shown. */
export function serviceOf({ service, services }: TraceModel, row: number): string {
  return spanName(services[service[row] ?? 0]);
}

/** What a span is called, as it is shown. */
export function nameOf({ name, names }: TraceModel, row: number): string {
  return spanName(names[name[row] ?? 0]);
}

function below(parent: Int32Array, status: Uint8Array) {
  const count = parent.length;
  const end = Int32Array.from({ length: count }, (_, row) => row + 1);
  const children = new Int32Array(count);
  const errorsBelow = new Int32Array(count);
  // Those below a row come after it, so backwards every row is finished when its parent hears of it.
  for (let row = count - 1; row >= 0; row--) {
    const above = parent[row] ?? -1;
    if (above >= 0) {
      end[above] = Math.max(end[above] ?? 0, end[row] ?? 0);
      children[above] = (children[above] ?? 0) + 1;
      errorsBelow[above] = (errorsBelow[above] ?? 0) + (errorsBelow[row] ?? 0) + (status[row] === ERROR ? 1 : 0);
    }
  }
  return { end, children, errorsBelow };
}

function criticalByRow(sections: TraceOutline['criticalPath'], count: number): TraceModel['critical'] {
  const sorted = sections
    .filter(({ row }) => row >= 0 && row < count)
    .toSorted((a, b) => a.row - b.row || a.from - b.from);
  const offsets = new Int32Array(count + 1);
  for (const { row } of sorted) {
    offsets[row + 1] = (offsets[row + 1] ?? 0) + 1;
  }
  for (let row = 0; row < count; row++) {
    offsets[row + 1] = (offsets[row + 1] ?? 0) + (offsets[row] ?? 0);
  }
  return {
    offsets,
    from: Float64Array.from(sorted, ({ from }) => from),
    until: Float64Array.from(sorted, ({ until }) => until),
  };
}

/** Puts the columns of an outline into the form that the views read. */
export function traceModel({ traceId, services, names, spans, criticalPath, durationMs }: TraceOutline): TraceModel {
  const count = spans.id.length;
  const parent = Int32Array.from(spans.parent);
  const depth = Int32Array.from(spans.depth);
  const start = Float64Array.from(spans.start);
  const duration = Float64Array.from(spans.duration);
  const status = Uint8Array.from(spans.status);
  let total = durationMs * 1e6;
  let maxDepth = 0;
  for (let row = 0; row < count; row++) {
    total = Math.max(total, (start[row] ?? 0) + (duration[row] ?? 0));
    maxDepth = Math.max(maxDepth, depth[row] ?? 0);
  }
  let rows: ReadonlyMap<string, number> | undefined;
  return {
    traceId,
    count,
    ids: spans.id,
    parent,
    depth,
    maxDepth,
    ...below(parent, status),
    start,
    duration,
    self: Float64Array.from(spans.self),
    services,
    names,
    service: Uint32Array.from(spans.service),
    name: Uint32Array.from(spans.name),
    kind: Uint8Array.from(spans.kind),
    status,
    flags: Uint8Array.from(spans.flags),
    palette: servicePlaces(services),
    // A trace of moments has some width all the same.
    total: Math.max(total, 1),
    critical: criticalByRow(criticalPath, count),
    rowOf: (spanId) => {
      rows ??= new Map(spans.id.map((id, row) => [id, row]));
      return rows.get(spanId);
    },
  };
}

import { SPAN_STATUSES, type TraceColumns } from '@aegisguard/model';
import { asyncChildren } from './async-children.ts';
import { clockShifts } from './clock-shifts.ts';
import { type CriticalSection, criticalPath } from './critical-path.ts';
import { selfTimes } from './self-times.ts';
import { type SpanTimes, spanTimes } from './span-times.ts';
import { linkSpans, orderedBy, type TraceTree } from './trace-tree.ts';
import { waterfallOrder } from './waterfall-order.ts';

/** What follows from how a trace's spans hang together; arrays have one entry a span, in the order of the columns. */
export interface AssembledTrace {
  readonly columns: TraceColumns;
  readonly tree: TraceTree;
  /** By how many nanoseconds spans were moved. */
  readonly shifts: Float64Array;
  readonly times: SpanTimes;
  /** From the first span to begin to the last to end. */
  readonly durationNanos: number;
  /** Indexes in waterfall order. */
  readonly order: Int32Array;
  readonly depth: Int32Array;
  readonly selfNanos: Float64Array;
  readonly criticalPath: readonly CriticalSection[];
  readonly isCritical: Uint8Array;
  /** The earliest span that says that it has no parent, else the earliest of all roots. */
  readonly root: number;
  readonly errorCount: number;
}

const ERROR = SPAN_STATUSES.indexOf('error');

/** Puts a trace of at least one span together. */
export function assembleTrace(columns: TraceColumns): AssembledTrace {
  const linked = linkSpans(columns);
  const isAsync = asyncChildren(columns, linked);
  const shifts = clockShifts(columns, linked, isAsync);
  const times = spanTimes(columns, shifts);
  const tree = shifts.some((shift) => shift !== 0) ? orderedBy(linked, times.start) : linked;
  const { order, depth } = waterfallOrder(tree);
  const sections = criticalPath(tree, times, isAsync, order);
  const isCritical = new Uint8Array(order.length);
  for (const { span } of sections) {
    isCritical[span] = 1;
  }
  return {
    columns,
    tree,
    shifts,
    times,
    durationNanos: times.end.reduce((latest, end) => Math.max(latest, end), 0),
    order,
    depth,
    selfNanos: selfTimes(tree, times, isAsync),
    criticalPath: sections,
    isCritical,
    root: tree.roots.find((index) => columns.parentSpanIds[index] === '') ?? tree.roots[0] ?? 0,
    errorCount: columns.statuses.reduce((count, status) => count + (status === ERROR ? 1 : 0), 0),
  };
}

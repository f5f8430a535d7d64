import type { StoredSpan } from '@aegisguard/model';

/** A trace's spans and how they hang together; arrays have one entry a span, in the order of `spans`. Nothing here recurses: a trace may be one chain. */
export interface TraceTree {
  /** By start, then by id; each id once. */
  readonly spans: readonly StoredSpan[];
  /** Index of the parent; -1 for a root. */
  readonly parent: Int32Array;
  /** The children of span i are `children[childrenFrom[i]]` to before `children[childrenFrom[i + 1]]`, ascending. */
  readonly children: Int32Array;
  readonly childrenFrom: Int32Array;
  /** Ascending. */
  readonly roots: readonly number[];
  /** Spans that were there twice. */
  readonly duplicates: number;
  /** Spans whose parent is not in the trace; they are roots. */
  readonly orphans: number;
  /** Cycles, each broken at its earliest span, which became a root. */
  readonly cycles: number;
}

/** Finds out which span is whose child. */
export function linkSpans(unordered: readonly StoredSpan[]): TraceTree {
  const { spans, duplicates } = inOrder(unordered);
  const indexOfId = new Map(spans.map(({ spanId }, index) => [spanId, index]));
  const parent = Int32Array.from(spans, ({ parentSpanId }) => indexOfId.get(parentSpanId) ?? -1);
  const orphans = spans.filter(({ parentSpanId }, index) => parentSpanId !== '' && parent[index] === -1).length;
  const cycles = breakCycles(parent);
  const roots = [...parent.keys()].filter((index) => parent[index] === -1);
  return { spans, parent, ...listChildren(parent), roots, duplicates, orphans, cycles };
}

function inOrder(unordered: readonly StoredSpan[]): { spans: StoredSpan[]; duplicates: number } {
  const firstOfId = new Map<string, StoredSpan>();
  for (const span of unordered) {
    if (!firstOfId.has(span.spanId)) {
      firstOfId.set(span.spanId, span);
    }
  }
  return { spans: [...firstOfId.values()].sort(compareSpans), duplicates: unordered.length - firstOfId.size };
}

function compareSpans(a: StoredSpan, b: StoredSpan): number {
  if (a.startTime !== b.startTime) {
    return a.startTime < b.startTime ? -1 : 1;
  }
  if (a.spanId === b.spanId) {
    return 0;
  }
  return a.spanId < b.spanId ? -1 : 1;
}

/** Makes the earliest span of every cycle a root. Each walk up ends where an earlier walk was, so all walks together are as long as the trace. */
function breakCycles(parent: Int32Array): number {
  const walkOf = new Int32Array(parent.length).fill(-1);
  let cycles = 0;
  for (const start of parent.keys()) {
    let at = start;
    while (at !== -1 && walkOf[at] === -1) {
      walkOf[at] = start;
      at = parent[at] ?? -1;
    }
    if (at !== -1 && walkOf[at] === start) {
      parent[earliestOfCycle(parent, at)] = -1;
      cycles += 1;
    }
  }
  return cycles;
}

function earliestOfCycle(parent: Int32Array, member: number): number {
  let earliest = member;
  for (let at = parent[member] ?? -1; at !== member; at = parent[at] ?? -1) {
    earliest = Math.min(earliest, at);
  }
  return earliest;
}

function listChildren(parent: Int32Array): { children: Int32Array; childrenFrom: Int32Array } {
  const childrenFrom = new Int32Array(parent.length + 1);
  for (const at of parent) {
    if (at !== -1) {
      childrenFrom[at + 1] = (childrenFrom[at + 1] ?? 0) + 1;
    }
  }
  for (let index = 0; index < parent.length; index += 1) {
    childrenFrom[index + 1] = (childrenFrom[index + 1] ?? 0) + (childrenFrom[index] ?? 0);
  }
  const next = childrenFrom.slice();
  const children = new Int32Array(childrenFrom.at(-1) ?? 0);
  for (const [index, at] of parent.entries()) {
    if (at !== -1) {
      children[next[at] ?? 0] = index;
      next[at] = (next[at] ?? 0) + 1;
    }
  }
  return { children, childrenFrom };
}

/** The children of a span, ascending. */
export function childrenOf({ children, childrenFrom }: TraceTree, index: number): Int32Array {
  return children.subarray(childrenFrom[index] ?? 0, childrenFrom[index + 1] ?? 0);
}

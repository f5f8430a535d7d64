import type { TraceColumns } from '@aegisguard/model';

/** How a trace's spans hang together; arrays have one entry a span, in the order of its columns. Nothing here recurses: a trace may be one chain. */
export interface TraceTree {
  /** Index of the parent; -1 for a root. */
  readonly parent: Int32Array;
  /** The children of span i are `children[childrenFrom[i]]` to before `children[childrenFrom[i + 1]]`, ascending by start. */
  readonly children: Int32Array;
  readonly childrenFrom: Int32Array;
  /** Ascending by start. */
  readonly roots: Int32Array;
  /** 1 where the parent is not in the trace: the span is a root. */
  readonly isOrphan: Uint8Array;
  /** Cycles, each broken at its earliest span, which became a root. */
  readonly cycles: number;
}

/** Finds out which span is whose child. */
export function linkSpans({ spanIds, parentSpanIds }: TraceColumns): TraceTree {
  const indexOfId = new Map(spanIds.map((id, index) => [id, index]));
  const parent = Int32Array.from(parentSpanIds, (id) => indexOfId.get(id) ?? -1);
  const isOrphan = Uint8Array.from(parent, (at, index) => (at === -1 && parentSpanIds[index] !== '' ? 1 : 0));
  const cycles = breakCycles(parent);
  const roots = Int32Array.from([...parent.keys()].filter((index) => parent[index] === -1));
  return { parent, ...listChildren(parent), roots, isOrphan, cycles };
}

/** The children of a span, ascending by start. */
export function childrenOf({ children, childrenFrom }: TraceTree, index: number): Int32Array {
  return children.subarray(childrenFrom[index] ?? 0, childrenFrom[index + 1] ?? 0);
}

/** The same tree with roots and siblings in the order of other starts; those that begin together as they were. */
export function orderedBy(tree: TraceTree, start: Float64Array): TraceTree {
  const byStart = (a: number, b: number): number => (start[a] ?? 0) - (start[b] ?? 0) || a - b;
  const ordered = { ...tree, children: tree.children.slice(), roots: tree.roots.toSorted(byStart) };
  for (const index of tree.parent.keys()) {
    childrenOf(ordered, index).sort(byStart);
  }
  return ordered;
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

import { isError, type TraceModel } from './trace-model.ts';

/**
 * Spans merged by path: those of the same service and name below the same path are one node. A node is as wide as the time that it and all below it had for themselves, so children always fit into their parent, also
 * where they ran at once.
 */
export interface FlameGraph {
  readonly count: number;
  /** -1 at the top. */
  readonly parent: Int32Array;
  readonly depth: Int32Array;
  readonly maxDepth: number;
  readonly service: Int32Array;
  readonly name: Int32Array;
  readonly spans: Int32Array;
  readonly errors: Int32Array;
  /** Nanoseconds of all its spans together, and of their own. */
  readonly duration: Float64Array;
  readonly self: Float64Array;
  /** What its width means: own time with all below; the count of spans in a trace without any duration. */
  readonly value: Float64Array;
  /** Where it begins, in the unit of `value`. */
  readonly from: Float64Array;
  /** The first span of it. */
  readonly row: Int32Array;
  /** The node of every row. */
  readonly nodeOf: Int32Array;
  readonly total: number;
}

/** The node of every span; a node's number is greater than its parent's. */
function nodesOf({ parent, service, name, names, count }: TraceModel) {
  const nodeOf = new Int32Array(count);
  const known = new Map<string, number>();
  const firstRows: number[] = [];
  const parents: number[] = [];
  for (let row = 0; row < count; row++) {
    const above = parent[row] ?? -1;
    const parentNode = above < 0 ? -1 : (nodeOf[above] ?? -1);
    const key = `${parentNode} ${(service[row] ?? 0) * names.length + (name[row] ?? 0)}`;
    let node = known.get(key);
    if (node === undefined) {
      node = firstRows.length;
      known.set(key, node);
      firstRows.push(row);
      parents.push(parentNode);
    }
    nodeOf[row] = node;
  }
  return { nodeOf, firstRows, parents };
}

/** Widest first beside each other, from the left end of their parent. */
function placed(parent: Int32Array, value: Float64Array): Float64Array {
  const from = new Float64Array(value.length);
  // Where the next child of a node begins; the last one is of those at the top.
  const next = new Float64Array(value.length + 1);
  const order = Int32Array.from(value, (_, node) => node).sort((a, b) => (value[b] ?? 0) - (value[a] ?? 0) || a - b);
  const children = new Map<number, number[]>();
  for (const node of order) {
    const siblings = children.get(parent[node] ?? -1);
    if (siblings === undefined) {
      children.set(parent[node] ?? -1, [node]);
    } else {
      siblings.push(node);
    }
  }
  const place = (above: number): void => {
    for (const node of children.get(above) ?? []) {
      const at = above < 0 ? value.length : above;
      from[node] = next[at] ?? 0;
      next[node] = from[node] ?? 0;
      next[at] = (next[at] ?? 0) + (value[node] ?? 0);
    }
  };
  place(-1);
  for (let node = 0; node < value.length; node++) {
    place(node);
  }
  return from;
}

/** What the spans of each node are together. */
function sumsOf(model: TraceModel, nodeOf: Int32Array, count: number) {
  const spans = new Int32Array(count);
  const errors = new Int32Array(count);
  const duration = new Float64Array(count);
  const self = new Float64Array(count);
  for (let row = 0; row < model.count; row++) {
    const node = nodeOf[row] ?? 0;
    spans[node] = (spans[node] ?? 0) + 1;
    errors[node] = (errors[node] ?? 0) + (isError(model, row) ? 1 : 0);
    duration[node] = (duration[node] ?? 0) + (model.duration[row] ?? 0);
    self[node] = (self[node] ?? 0) + (model.self[row] ?? 0);
  }
  return { spans, errors, duration, self };
}

/** Adds to every node what is below it, and gives the sum of all. */
function addUp(parent: Int32Array, value: Float64Array): number {
  let total = 0;
  for (let node = value.length - 1; node >= 0; node--) {
    const above = parent[node] ?? -1;
    if (above < 0) {
      total += value[node] ?? 0;
    } else {
      value[above] = (value[above] ?? 0) + (value[node] ?? 0);
    }
  }
  return total;
}

function depthsOf(parent: Int32Array): Int32Array {
  const depth = new Int32Array(parent.length);
  for (let node = 0; node < parent.length; node++) {
    const above = parent[node] ?? -1;
    depth[node] = above < 0 ? 0 : (depth[above] ?? 0) + 1;
  }
  return depth;
}

/** Merges the spans of a trace by path. */
export function flameGraph(model: TraceModel): FlameGraph {
  const { nodeOf, firstRows, parents } = nodesOf(model);
  const parent = Int32Array.from(parents);
  const sums = sumsOf(model, nodeOf, firstRows.length);
  const { self, spans } = sums;
  const value = self.some((each) => each > 0) ? Float64Array.from(self) : Float64Array.from(spans);
  const total = addUp(parent, value);
  const depth = depthsOf(parent);
  return {
    ...sums,
    count: firstRows.length,
    parent,
    depth,
    maxDepth: depth.reduce((most, each) => Math.max(most, each), 0),
    service: Int32Array.from(firstRows, (row) => model.service[row] ?? 0),
    name: Int32Array.from(firstRows, (row) => model.name[row] ?? 0),
    value,
    from: placed(parent, value),
    row: Int32Array.from(firstRows),
    nodeOf,
    total,
  };
}

import { childrenOf, type TraceTree } from './trace-tree.ts';

/** Spans in the order of a waterfall, a parent before its children and siblings by start, and how deep each span lies. */
export interface Waterfall {
  /** Indexes of the spans. */
  readonly order: Int32Array;
  /** By index of the span; 0 for a root. */
  readonly depth: Int32Array;
}

/** Walks the tree from its roots; the stack is a list, since a trace may be one long chain. */
export function waterfallOrder(tree: TraceTree): Waterfall {
  const order = new Int32Array(tree.parent.length);
  const depth = new Int32Array(tree.parent.length);
  // A span is on the stack once, so it is never higher than the trace is long.
  const stack = new Int32Array(tree.parent.length);
  let height = 0;
  const push = (indexes: Int32Array): void => {
    for (let place = indexes.length - 1; place >= 0; place -= 1) {
      stack[height] = indexes[place] ?? 0;
      height += 1;
    }
  };
  push(tree.roots);
  for (let place = 0; place < order.length; place += 1) {
    height -= 1;
    const index = stack[height] ?? 0;
    order[place] = index;
    const above = tree.parent[index] ?? -1;
    depth[index] = above === -1 ? 0 : (depth[above] ?? 0) + 1;
    push(childrenOf(tree, index));
  }
  return { order, depth };
}

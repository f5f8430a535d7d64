import { childrenOf, type TraceTree } from './trace-tree.ts';

/** Spans in the order of a waterfall, a parent before its children and siblings by start, and how deep each span lies. */
export interface Waterfall {
  /** Indexes into the tree's spans. */
  readonly order: Int32Array;
  /** By index of the span; 0 for a root. */
  readonly depth: Int32Array;
}

/** Walks the tree from its roots; the stack is a list, since a trace may be one long chain. */
export function waterfallOrder(tree: TraceTree): Waterfall {
  const order = new Int32Array(tree.spans.length);
  const depth = new Int32Array(tree.spans.length);
  const stack = [...tree.roots].reverse();
  for (let place = 0; place < order.length; place += 1) {
    const index = stack.pop() ?? 0;
    order[place] = index;
    for (const child of childrenOf(tree, index).toReversed()) {
      depth[child] = (depth[index] ?? 0) + 1;
      stack.push(child);
    }
  }
  return { order, depth };
}

import type { SpanTimes } from './span-times.ts';
import { childrenOf, type TraceTree } from './trace-tree.ts';

/** For each span the nanoseconds in which it waited for none of its children: its duration less the union of their times, as far as these lie inside it. */
export function selfTimes(tree: TraceTree, { start, end }: SpanTimes, isAsync: Uint8Array): Float64Array {
  return start.map((from, index) => {
    const until = end[index] ?? from;
    let self = 0;
    let coveredUntil = from;
    // Children ascend by start, so what is covered grows from the left.
    for (const child of childrenOf(tree, index)) {
      if (isAsync[child] === 0) {
        const childFrom = Math.min(start[child] ?? 0, until);
        self += Math.max(0, childFrom - coveredUntil);
        coveredUntil = Math.max(coveredUntil, Math.min(end[child] ?? 0, until));
      }
    }
    return self + until - coveredUntil;
  });
}

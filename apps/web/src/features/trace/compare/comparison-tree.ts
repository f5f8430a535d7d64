import type { TraceComparison } from '@aegisguard/model';

/** A place of two compared traces. */
export type ComparedNode = TraceComparison['nodes'][number];

/** Which places are shown, with what is above them. */
export type ComparisonChoice = 'all' | 'changed';

/** By how much a duration must differ to count, as a share of the longer one. */
const SLOWER_SHARE = 0.1;

/** True where a place has other spans than before, or its spans took clearly longer or shorter. */
export function isChanged({ change, before, after }: ComparedNode, leastMs: number): boolean {
  const by = Math.abs(after.durationMs - before.durationMs);
  const most = Math.max(after.durationMs, before.durationMs);
  return change !== 'same' || before.errorCount !== after.errorCount || (by > leastMs && by > most * SLOWER_SHARE);
}

/** Indexes of the places that are shown, in their order: none below a collapsed one. */
export function shownNodes(
  nodes: readonly ComparedNode[],
  choice: ComparisonChoice,
  collapsed: ReadonlySet<number>,
  leastMs: number,
): readonly number[] {
  const kept = nodes.map((node) => choice === 'all' || isChanged(node, leastMs));
  for (let index = nodes.length - 1; index >= 0; index--) {
    const above = nodes[index]?.parent ?? -1;
    if (kept[index] === true && above >= 0) {
      kept[above] = true;
    }
  }
  const isOpen: boolean[] = [];
  const shown: number[] = [];
  nodes.forEach(({ parent }, index) => {
    const isReached = parent < 0 || isOpen[parent] === true;
    isOpen[index] = isReached && !collapsed.has(index);
    if (isReached && kept[index] === true) {
      shown.push(index);
    }
  });
  return shown;
}

/** How many places differ, by how they do. */
export function changeCounts(
  nodes: readonly ComparedNode[],
  leastMs: number,
): {
  readonly added: number;
  readonly removed: number;
  readonly counted: number;
  readonly slower: number;
  readonly faster: number;
} {
  const counts = { added: 0, removed: 0, counted: 0, slower: 0, faster: 0 };
  for (const node of nodes) {
    if (node.change === 'added' || node.change === 'removed') {
      counts[node.change] += 1;
    } else if (node.change !== 'same') {
      counts.counted += 1;
    } else if (isChanged(node, leastMs) && node.after.durationMs !== node.before.durationMs) {
      counts[node.after.durationMs > node.before.durationMs ? 'slower' : 'faster'] += 1;
    }
  }
  return counts;
}

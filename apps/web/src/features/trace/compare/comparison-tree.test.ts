import { describe, expect, it } from 'vitest';
import { type ComparedNode, changeCounts, isChanged, shownNodes } from './comparison-tree.ts';

function side(count: number, durationMs: number) {
  return { count, durationMs, selfTimeMs: durationMs, errorCount: 0 };
}

function node(
  parent: number,
  depth: number,
  change: ComparedNode['change'],
  before: number,
  after: number,
): ComparedNode {
  const counts = { added: [0, 1], removed: [1, 0], more: [1, 2], fewer: [2, 1], same: [1, 1] }[change];
  return {
    parent,
    depth,
    service: 'shop',
    name: 'work',
    kind: 'internal',
    change,
    before: side(counts[0] ?? 0, before),
    after: side(counts[1] ?? 0, after),
  };
}

const NODES = [
  node(-1, 0, 'same', 100, 104),
  node(0, 1, 'same', 50, 50),
  node(1, 2, 'added', 0, 5),
  node(0, 1, 'same', 20, 40),
  node(0, 1, 'more', 5, 10),
  node(4, 2, 'same', 1, 1),
];

describe('two compared traces', () => {
  it('differ where there are other spans, or clearly other durations', () => {
    expect(NODES.map((each) => isChanged(each, 0.5))).toEqual([false, false, true, true, true, false]);
    expect(changeCounts(NODES, 0.5)).toEqual({ added: 1, removed: 0, counted: 1, slower: 1, faster: 0 });
  });

  it('are shown whole, or where they differ with what is above', () => {
    expect(shownNodes(NODES, 'all', new Set(), 0.5)).toEqual([0, 1, 2, 3, 4, 5]);
    expect(shownNodes(NODES, 'changed', new Set(), 0.5)).toEqual([0, 1, 2, 3, 4]);
    expect(shownNodes(NODES, 'all', new Set([1, 4]), 0.5)).toEqual([0, 1, 3, 4]);
    expect(shownNodes(NODES, 'all', new Set([0]), 0.5)).toEqual([0]);
  });
});

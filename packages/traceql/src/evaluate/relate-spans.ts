import type { StructuralOperator } from '../syntax/ast/spanset-pipeline.ts';
import { uniteSpans } from './spanset.ts';
import type { TraceSpans } from './trace-spans.ts';

/** How the right side lies to the left one. */
type Relation = 'child' | 'descendant' | 'parent' | 'ancestor' | 'sibling';

const RELATIONS: Readonly<Record<string, Relation>> = {
  '>': 'child',
  '>>': 'descendant',
  '<': 'parent',
  '<<': 'ancestor',
  '~': 'sibling',
};

const INVERSES: Readonly<Record<Relation, Relation>> = {
  child: 'parent',
  descendant: 'ancestor',
  parent: 'child',
  ancestor: 'descendant',
  sibling: 'sibling',
};

/** The spans of the right side that lie as the operator says to one of the left side; with `!`, those that lie so to none; with `&`, those of the left side, too, to which one does. Linear in the trace's spans. */
export function relateSpans(
  op: StructuralOperator,
  trace: TraceSpans,
  left: readonly number[],
  right: readonly number[],
): readonly number[] {
  const relation = RELATIONS[op.replace(/^[!&]/, '')];
  if (relation === undefined) {
    return [];
  }
  const isRelated = related(relation, trace, left);
  if (op.startsWith('!')) {
    return right.filter((index) => !isRelated(index));
  }
  const found = right.filter(isRelated);
  return op.startsWith('&')
    ? uniteSpans([left.filter(related(INVERSES[relation], trace, right)), found], trace.work)
    : found;
}

/** Whether a span is a child, a descendant … of one of the others. */
function related(relation: Relation, trace: TraceSpans, others: readonly number[]): (index: number) => boolean {
  switch (relation) {
    case 'sibling':
      return siblings(trace, others);
    case 'child': {
      const isOther = marks(trace, others);
      return (index) => isOther[parentOf(trace, index)] === 1;
    }
    case 'parent': {
      const isParent = new Uint8Array(trace.spans.length);
      for (const other of others) {
        isParent[parentOf(trace, other)] = 1;
      }
      return (index) => isParent[index] === 1;
    }
    case 'descendant':
      return descendants(trace, others);
    case 'ancestor':
      return ancestors(trace, others);
  }
}

function parentOf(trace: TraceSpans, index: number): number {
  return trace.structure.parents[index] ?? -1;
}

function marks(trace: TraceSpans, indexes: readonly number[]): Uint8Array {
  const marked = new Uint8Array(trace.spans.length);
  for (const index of indexes) {
    marked[index] = 1;
  }
  return marked;
}

function descendants(trace: TraceSpans, others: readonly number[]): (index: number) => boolean {
  const isOther = marks(trace, others);
  const isBelow = new Uint8Array(trace.spans.length);
  for (const index of trace.structure.order) {
    const parent = parentOf(trace, index);
    isBelow[index] = isOther[parent] === 1 || isBelow[parent] === 1 ? 1 : 0;
  }
  return (index) => isBelow[index] === 1;
}

function ancestors(trace: TraceSpans, others: readonly number[]): (index: number) => boolean {
  const isOther = marks(trace, others);
  const isAbove = new Uint8Array(trace.spans.length);
  for (const index of trace.structure.order.toReversed()) {
    if (isOther[index] === 1 || isAbove[index] === 1) {
      isAbove[parentOf(trace, index)] = 1;
    }
  }
  return (index) => isAbove[index] === 1;
}

/** Siblings are other spans with the same parent, which need not have come. */
function siblings(trace: TraceSpans, others: readonly number[]): (index: number) => boolean {
  const isOther = marks(trace, others);
  const counts = new Map<string, number>();
  for (const other of others) {
    const { parentSpanId } = trace.at(other);
    counts.set(parentSpanId, (counts.get(parentSpanId) ?? 0) + 1);
  }
  return (index) => {
    const { parentSpanId } = trace.at(index);
    return parentSpanId !== '' && (counts.get(parentSpanId) ?? 0) > (isOther[index] ?? 0);
  };
}

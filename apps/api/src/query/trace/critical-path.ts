import type { SpanTimes } from './span-times.ts';
import { childrenOf, type TraceTree } from './trace-tree.ts';

/** A stretch of the critical path, in nanoseconds after the trace's beginning: while it lasts, nothing but this span keeps its root from ending. */
export interface CriticalSection {
  /** Index of the span. */
  readonly span: number;
  readonly from: number;
  readonly until: number;
}

/**
 * The critical path of every root, one after the other, each from its end backwards: a span is waited for since its last child ended; before that, that child is. After Jaeger UI's (https://github.com/jaegertracing/jaeger-ui, `CriticalPath`): children count as far as they lie inside their parent, those that lie
 * outside or that the parent does not wait for do not, nor what hangs on them. Each is entered at most once, so the walk is as long as the trace.
 */
export function criticalPath(
  tree: TraceTree,
  times: SpanTimes,
  isAsync: Uint8Array,
  order: Int32Array,
): CriticalSection[] {
  const inside = clipToParents(tree, times, isAsync, order);
  const children = new EndingChildren(tree, inside);
  const sections: CriticalSection[] = [];
  for (const root of tree.roots) {
    walkBack(root, inside, children, sections);
  }
  return sections;
}

/** Where spans lie; NaN where they do not count. */
interface Inside {
  readonly start: Float64Array;
  readonly end: Float64Array;
}

function walkBack(root: number, inside: Inside, children: EndingChildren, sections: CriticalSection[]): void {
  const waiting: number[] = [];
  let span = root;
  let until = inside.end[root] ?? 0;
  for (;;) {
    const child = children.lastBefore(span, until);
    const from = child === undefined ? (inside.start[span] ?? 0) : (inside.end[child] ?? 0);
    if (from < until) {
      sections.push({ span, from, until });
    }
    until = Math.min(from, until);
    if (child !== undefined) {
      waiting.push(span);
      span = child;
      continue;
    }
    const parent = waiting.pop();
    if (parent === undefined) {
      return;
    }
    span = parent;
  }
}

/** The times of spans as far as they lie inside their parents as far as those do. */
function clipToParents(
  { parent }: TraceTree,
  { start, end }: SpanTimes,
  isAsync: Uint8Array,
  order: Int32Array,
): Inside {
  const clipped = { start: start.slice(), end: end.slice() };
  for (const index of order) {
    const above = parent[index] ?? -1;
    if (above !== -1) {
      const from = Math.max(start[index] ?? 0, clipped.start[above] ?? 0);
      const until = Math.min(end[index] ?? 0, clipped.end[above] ?? 0);
      const counts = isAsync[index] === 0 && from <= until;
      clipped.start[index] = counts ? from : Number.NaN;
      clipped.end[index] = counts ? until : Number.NaN;
    }
  }
  return clipped;
}

/** Gives a span's children from the last to end to the first, each once. */
class EndingChildren {
  private readonly byEnd = new Map<number, Int32Array>();
  private readonly next = new Map<number, number>();

  constructor(
    private readonly tree: TraceTree,
    private readonly inside: Inside,
  ) {}

  /** The child that ended last, but not after `until`; those that ended after it are passed over for good. */
  lastBefore(span: number, until: number): number | undefined {
    const children = this.sorted(span);
    let place = this.next.get(span) ?? 0;
    while (place < children.length && (this.inside.end[children[place] ?? 0] ?? 0) > until) {
      place += 1;
    }
    this.next.set(span, place + 1);
    return children[place];
  }

  /** Of those that end together the first begun is the one that was waited for longest. */
  private sorted(span: number): Int32Array {
    const { start, end } = this.inside;
    const known = this.byEnd.get(span);
    if (known !== undefined) {
      return known;
    }
    const sorted = childrenOf(this.tree, span)
      .filter((child) => !Number.isNaN(end[child]))
      .sort((a, b) => (end[b] ?? 0) - (end[a] ?? 0) || (start[a] ?? 0) - (start[b] ?? 0));
    this.byEnd.set(span, sorted);
    return sorted;
  }
}

import type { SpanTimes } from './span-times.ts';
import type { TraceTree } from './trace-tree.ts';

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
  private readonly inside: Inside;
  private readonly from: Int32Array;
  /** Each span's, sorted when it is first asked for. */
  private readonly byEnd: Int32Array;
  /** Where a span's next child stands in `byEnd`; -1 before the first. */
  private readonly next: Int32Array;

  constructor({ parent, children, childrenFrom }: TraceTree, inside: Inside) {
    this.inside = inside;
    this.from = childrenFrom;
    this.byEnd = children.slice();
    this.next = new Int32Array(parent.length).fill(-1);
  }

  /** The child that ended last, but not after `until`; those that ended after it are passed over for good. */
  lastBefore(span: number, until: number): number | undefined {
    let place = this.next[span] ?? -1;
    const last = this.from[span + 1] ?? 0;
    if (place === -1) {
      place = this.from[span] ?? 0;
      this.byEnd.subarray(place, last).sort((a, b) => this.order(a, b));
    }
    while (place < last && !((this.inside.end[this.byEnd[place] ?? 0] ?? 0) <= until)) {
      place += 1;
    }
    this.next[span] = place + 1;
    return place < last ? this.byEnd[place] : undefined;
  }

  /** Of those that end together the first begun was waited for longest. What does not count is last. */
  private order(a: number, b: number): number {
    const { start, end } = this.inside;
    const [endA = 0, endB = 0] = [end[a], end[b]];
    if (Number.isNaN(endA) || Number.isNaN(endB)) {
      return Number(Number.isNaN(endA)) - Number(Number.isNaN(endB));
    }
    return endB - endA || (start[a] ?? 0) - (start[b] ?? 0);
  }
}

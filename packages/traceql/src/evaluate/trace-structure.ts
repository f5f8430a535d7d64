import type { FetchedSpan } from '@aegisguard/model';

/** Of a span that has none. */
const NONE = -1;

/**
 * How the spans of a trace lie in one another, in linear time for any number and shape of them. A span whose parent is not there is the top of a tree of its own; where parents go round in a circle, the first span of it, in the order
 * of the spans, is a top.
 */
export class TraceStructure {
  /** Index of the span above; -1 for a top. */
  readonly parents: Int32Array;
  readonly childCounts: Int32Array;
  /** Indexes, every span before those below it. */
  readonly order: Int32Array;
  /** Nested sets over the whole forest, from 1 on: https://en.wikipedia.org/wiki/Nested_set_model */
  readonly left: Int32Array;
  readonly right: Int32Array;

  constructor(spans: readonly FetchedSpan[]) {
    const count = spans.length;
    this.parents = parentsOf(spans);
    this.childCounts = new Int32Array(count);
    this.order = new Int32Array(count);
    this.left = new Int32Array(count);
    this.right = new Int32Array(count);
    this.#number(count);
  }

  #number(count: number): void {
    const { firsts, nexts } = this.#childLists(count);
    const seen = new Uint8Array(count);
    let number = 0;
    let visited = 0;
    const walk = (top: number): void => {
      let at = top;
      let isEntering = true;
      while (at !== NONE) {
        if (isEntering) {
          seen[at] = 1;
          this.order[visited] = at;
          visited += 1;
          number += 1;
          this.left[at] = number;
          const child = firsts[at] ?? NONE;
          if (child !== NONE) {
            at = child;
            continue;
          }
        }
        number += 1;
        this.right[at] = number;
        if (at === top) {
          return;
        }
        const next = nexts[at] ?? NONE;
        isEntering = next !== NONE;
        at = isEntering ? next : (this.parents[at] ?? NONE);
      }
    };
    for (let at = 0; at < count; at += 1) {
      if (this.parents[at] === NONE) {
        walk(at);
      }
    }
    for (let at = 0; at < count; at += 1) {
      if (seen[at] === 0) {
        const top = this.#firstOfCircle(at);
        this.#cutCircle(top, firsts, nexts);
        walk(top);
      }
    }
  }

  /** The first span of the circle that the spans above one run into. */
  #firstOfCircle(from: number): number {
    const above = new Set<number>();
    let at = from;
    while (!above.has(at)) {
      above.add(at);
      at = this.parents[at] ?? NONE;
    }
    let first = at;
    for (let other = this.parents[at] ?? NONE; other !== at; other = this.parents[other] ?? NONE) {
      first = Math.min(first, other);
    }
    return first;
  }

  /** Takes a span from the one above, so that a walk from it ends. */
  #cutCircle(top: number, firsts: Int32Array, nexts: Int32Array): void {
    const parent = this.parents[top] ?? NONE;
    let before = NONE;
    let child = firsts[parent] ?? NONE;
    while (child !== top && child !== NONE) {
      before = child;
      child = nexts[child] ?? NONE;
    }
    const after = nexts[top] ?? NONE;
    if (before === NONE) {
      firsts[parent] = after;
    } else {
      nexts[before] = after;
    }
    nexts[top] = NONE;
    this.parents[top] = NONE;
    this.childCounts[parent] = (this.childCounts[parent] ?? 0) - 1;
  }

  #childLists(count: number): { firsts: Int32Array; nexts: Int32Array } {
    const firsts = new Int32Array(count).fill(NONE);
    const nexts = new Int32Array(count).fill(NONE);
    for (let at = count - 1; at >= 0; at -= 1) {
      const parent = this.parents[at] ?? NONE;
      if (parent !== NONE) {
        nexts[at] = firsts[parent] ?? NONE;
        firsts[parent] = at;
        this.childCounts[parent] = (this.childCounts[parent] ?? 0) + 1;
      }
    }
    return { firsts, nexts };
  }
}

function parentsOf(spans: readonly FetchedSpan[]): Int32Array {
  const indexes = new Map(spans.map(({ spanId }, index) => [spanId, index]));
  return Int32Array.from(spans, ({ parentSpanId }) =>
    parentSpanId === '' ? NONE : (indexes.get(parentSpanId) ?? NONE),
  );
}

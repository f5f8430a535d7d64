import { SPAN_KINDS, SPAN_STATUSES, type TraceComparison } from '@aegisguard/model';
import type { AssembledTrace } from './assemble-trace.ts';
import { traceHead } from './trace-head.ts';

const NANOS_PER_MS = 1e6;
const ERROR = SPAN_STATUSES.indexOf('error');
/** A trace that never does anything twice would have a node a span. */
const NODES_MAX = 10_000;

type Node = Omit<TraceComparison['nodes'][number], 'change' | 'parent'> & {
  readonly above: Node | undefined;
  readonly below: Map<string, Node>;
};

interface Compared {
  readonly traceId: string;
  readonly trace: AssembledTrace;
}

/** Two traces laid over one another: spans of the same service, name and kind at the same place are one node. Nodes stand in the order of their first span, those of the trace before first. */
export function compareTraces(
  before: Compared,
  after: Compared,
): Pick<TraceComparison, 'before' | 'after' | 'nodes' | 'warnings'> {
  const nodes = new ComparedNodes();
  const left = nodes.add(before.trace, 'before') + nodes.add(after.trace, 'after');
  const warnings =
    left === 0
      ? []
      : [
          `The traces differ at more than ${NODES_MAX} places: ${left} spans are counted where the last known ones above them are.`,
        ];
  return { before: headOf(before), after: headOf(after), nodes: nodes.list(), warnings };
}

function headOf({ traceId, trace }: Compared): TraceComparison['before'] {
  const { services: _, ...head } = traceHead(traceId, trace);
  return head;
}

class ComparedNodes {
  private readonly top = new Map<string, Node>();
  private count = 0;

  /** Counts a trace's spans; answers for how many of them there was no node. */
  add({ columns, tree, order, selfNanos }: AssembledTrace, side: 'before' | 'after'): number {
    const nodeOf = new Array<Node | undefined>(order.length);
    let left = 0;
    for (const index of order) {
      const above = nodeOf[tree.parent[index] ?? -1];
      const own = this.node(
        above,
        columns.services[index] ?? '',
        columns.names[index] ?? '',
        columns.kinds[index] ?? 0,
      );
      left += own === undefined ? 1 : 0;
      const node = own ?? above;
      nodeOf[index] = node;
      if (node !== undefined) {
        const counted = node[side];
        counted.count += 1;
        counted.durationMs += (columns.durations[index] ?? 0) / NANOS_PER_MS;
        counted.selfTimeMs += (selfNanos[index] ?? 0) / NANOS_PER_MS;
        counted.errorCount += columns.statuses[index] === ERROR ? 1 : 0;
      }
    }
    return left;
  }

  /** A node before those below it. */
  list(): TraceComparison['nodes'] {
    const listed: TraceComparison['nodes'] = [];
    const placeOf = new Map<Node, number>();
    const stack = [...this.top.values()].reverse();
    for (let node = stack.pop(); node !== undefined; node = stack.pop()) {
      const { above, below, ...told } = node;
      placeOf.set(node, listed.length);
      listed.push({ parent: above === undefined ? -1 : (placeOf.get(above) ?? -1), ...told, change: changeOf(node) });
      stack.push(...[...below.values()].reverse());
    }
    return listed;
  }

  private node(above: Node | undefined, service: string, name: string, kindNumber: number): Node | undefined {
    const siblings = above?.below ?? this.top;
    const key = JSON.stringify([service, name, kindNumber]);
    const known = siblings.get(key);
    if (known !== undefined || this.count >= NODES_MAX) {
      return known;
    }
    const node: Node = {
      above,
      below: new Map(),
      depth: above === undefined ? 0 : above.depth + 1,
      service,
      name,
      kind: SPAN_KINDS[kindNumber] ?? 'unspecified',
      before: { count: 0, durationMs: 0, selfTimeMs: 0, errorCount: 0 },
      after: { count: 0, durationMs: 0, selfTimeMs: 0, errorCount: 0 },
    };
    siblings.set(key, node);
    this.count += 1;
    return node;
  }
}

function changeOf({ before, after }: Node): TraceComparison['nodes'][number]['change'] {
  if (before.count === after.count) {
    return 'same';
  }
  if (before.count === 0) {
    return 'added';
  }
  if (after.count === 0) {
    return 'removed';
  }
  return after.count > before.count ? 'more' : 'fewer';
}

import { formatRfc3339Nanos, type StoredSpan, type TraceAnswer, unixNanos } from '@aegisguard/model';
import { criticalPath } from './critical-path.ts';
import { selfTimes } from './self-times.ts';
import { spanTimes } from './span-times.ts';
import { spanView } from './span-view.ts';
import { linkSpans, type TraceTree } from './trace-tree.ts';
import { waterfallOrder } from './waterfall-order.ts';

const NANOS_PER_MS = 1e6;

/** Makes a trace's answer of its spans, at least one, in any order. `isCut`: there are more spans than these. */
export function assembleTrace(
  traceId: string,
  stored: readonly StoredSpan[],
  isCut: boolean,
): Omit<TraceAnswer, 'stats'> {
  const tree = linkSpans(stored);
  const { spans } = tree;
  const first = spans[0];
  if (first === undefined) {
    throw new RangeError('a trace has at least one span');
  }
  const times = spanTimes(spans, unixNanos(first.startTime));
  const { order, depth } = waterfallOrder(tree);
  const selfNanos = selfTimes(tree, times);
  const root = mainRoot(tree);
  const critical = new Set(criticalPath(tree, times, root, order).map(({ span }) => span));
  const views = Array.from(order, (index) => ({ index, span: spans[index] ?? first })).map(({ index, span }) =>
    spanView(span, {
      depth: depth[index] ?? 0,
      selfNanos: selfNanos[index] ?? 0,
      onCriticalPath: critical.has(index),
    }),
  );
  return {
    traceId,
    startTime: formatRfc3339Nanos(first.startTime),
    durationMs: times.end.reduce((latest, end) => Math.max(latest, end), 0) / NANOS_PER_MS,
    rootService: spans[root]?.service ?? '',
    rootName: spans[root]?.name ?? '',
    services: [...new Set(spans.map(({ service }) => service))].sort(),
    spanCount: spans.length,
    errorCount: spans.filter(({ status }) => status === 'error').length,
    spans: views,
    nextOffset: null,
    warnings: warningsOf(tree, isCut),
  };
}

/** The earliest span that says that it has no parent, else the earliest of all roots. */
function mainRoot({ spans, roots }: TraceTree): number {
  return roots.find((index) => spans[index]?.parentSpanId === '') ?? roots[0] ?? 0;
}

function warningsOf({ spans, cycles, duplicates, orphans, roots }: TraceTree, isCut: boolean): string[] {
  const trueRoots = roots.filter((index) => spans[index]?.parentSpanId === '').length;
  const warnings: (readonly [boolean, string])[] = [
    [isCut, `The trace has more spans than these ${spans.length}, the earliest ones; the others are left out.`],
    [
      orphans > 0,
      `The parent of ${orphans === 1 ? 'one span is' : `${orphans} spans are`} missing: not sent, not yet arrived, or left out; ${orphans === 1 ? 'it is' : 'they are'} shown as roots.`,
    ],
    [trueRoots > 1, `The trace has ${trueRoots} spans without a parent.`],
    [
      cycles > 0,
      `Spans name one another as parents in ${cycles === 1 ? 'a circle' : `${cycles} circles`}; the earliest span of each is shown as a root.`,
    ],
    [duplicates > 0, `${duplicates} spans had the id of another one and are left out.`],
  ];
  return warnings.filter(([applies]) => applies).map(([, sentence]) => sentence);
}

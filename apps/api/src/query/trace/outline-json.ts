import { OUTLINE_FLAGS, SPAN_MARKS, type StatsView, type TraceOutline } from '@aegisguard/model';
import type { AssembledTrace } from './assemble-trace.ts';
import { traceHead } from './trace-head.ts';

/** A trace's outline as JSON. Columns are written as they are: objects of a hundred thousand spans would take longer to make than all the rest. */
export function outlineJson(
  traceId: string,
  trace: AssembledTrace,
  warnings: readonly string[],
  stats: StatsView,
): string {
  const { columns, order } = trace;
  const services = codesOf(columns.services);
  const names = codesOf(columns.names);
  const rowOf = new Int32Array(order.length);
  order.forEach((index, row) => {
    rowOf[index] = row;
  });
  const column = (of: (index: number) => number) => `[${joinedNumbers(order, of)}]`;
  const spans: Record<keyof TraceOutline['spans'], string> = {
    // Ids are hexadecimal digits.
    id: `["${Array.from(order, (index) => columns.spanIds[index]).join('","')}"]`,
    parent: column((index) => rowOf[trace.tree.parent[index] ?? -1] ?? -1),
    depth: column((index) => trace.depth[index] ?? 0),
    start: column((index) => trace.times.start[index] ?? 0),
    duration: column((index) => columns.durations[index] ?? 0),
    self: column((index) => trace.selfNanos[index] ?? 0),
    service: column((index) => services.codes[index] ?? 0),
    name: column((index) => names.codes[index] ?? 0),
    kind: column((index) => columns.kinds[index] ?? 0),
    status: column((index) => columns.statuses[index] ?? 0),
    flags: column((index) => flagsOf(trace, index)),
  };
  const head: Omit<TraceOutline, 'spans' | 'criticalPath'> = {
    ...traceHead(traceId, trace),
    names: names.texts,
    warnings: [...warnings],
    stats,
  };
  const members = Object.entries(spans).map(([name, json]) => `"${name}":${json}`);
  const sections = trace.criticalPath.map(
    ({ span, from, until }) => `{"row":${rowOf[span]},"from":${from},"until":${until}}`,
  );
  return `${JSON.stringify(head).slice(0, -1)},"spans":{${members.join(',')}},"criticalPath":[${sections.join(',')}]}`;
}

function flagsOf({ isCritical, tree, shifts, columns }: AssembledTrace, index: number): number {
  const marks = columns.marks[index] ?? 0;
  return (
    (isCritical[index] === 1 ? OUTLINE_FLAGS.criticalPath : 0) +
    (tree.isOrphan[index] === 1 ? OUTLINE_FLAGS.orphan : 0) +
    (shifts[index] === 0 ? 0 : OUTLINE_FLAGS.skewed) +
    ((marks & SPAN_MARKS.exception) === 0 ? 0 : OUTLINE_FLAGS.exception) +
    ((marks & SPAN_MARKS.links) === 0 ? 0 : OUTLINE_FLAGS.links)
  );
}

function joinedNumbers(order: Int32Array, of: (index: number) => number): string {
  const numbers = new Float64Array(order.length);
  for (let row = 0; row < order.length; row += 1) {
    numbers[row] = of(order[row] ?? 0);
  }
  return numbers.join(',');
}

/** Texts by their place in an ascending list. */
function codesOf(column: readonly string[]): { readonly texts: string[]; readonly codes: Float64Array } {
  const texts = [...new Set(column)].sort();
  const codeOf = new Map(texts.map((text, code) => [text, code]));
  return { texts, codes: Float64Array.from(column, (text) => codeOf.get(text) ?? 0) };
}

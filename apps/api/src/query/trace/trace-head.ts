import { formatRfc3339Nanos, type TraceAnswer } from '@aegisguard/model';
import type { AssembledTrace } from './assemble-trace.ts';

const NANOS_PER_MS = 1e6;

/** What is told of a trace as a whole. */
export function traceHead(
  traceId: string,
  { columns, times, durationNanos, root, errorCount }: AssembledTrace,
): Pick<
  TraceAnswer,
  'traceId' | 'startTime' | 'durationMs' | 'rootService' | 'rootName' | 'spanCount' | 'errorCount'
> & { readonly services: string[] } {
  return {
    traceId,
    startTime: formatRfc3339Nanos(times.traceStart),
    durationMs: durationNanos / NANOS_PER_MS,
    rootService: columns.services[root] ?? '',
    rootName: columns.names[root] ?? '',
    services: [...new Set(columns.services)].sort(),
    spanCount: columns.spanIds.length,
    errorCount,
  };
}

import { quoteLogQl } from '../../logs/query/logql-string.ts';

/** Logs around an exemplar are looked for this far away. */
const AROUND_MS = 3_600_000;
const TRACE_LABELS = ['trace_id', 'traceID', 'traceId', 'TraceID'] as const;

/** Parameters of the Logs page that show the logs of an exemplar's trace. */
export function traceLogsQuery(labels: Readonly<Record<string, string>>, ms: number): URLSearchParams {
  const trace = TRACE_LABELS.map((label) => labels[label]).find((id) => id !== undefined) ?? '';
  return new URLSearchParams({
    q: `{} | trace_id=${quoteLogQl(trace)}`,
    from: new Date(ms - AROUND_MS).toISOString(),
    to: new Date(ms + AROUND_MS).toISOString(),
  });
}

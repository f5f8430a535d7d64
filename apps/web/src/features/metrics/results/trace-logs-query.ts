import { exemplarTrace } from '../../../charts/metrics/exemplar-trace.ts';
import { quoteLogQl } from '../../logs/query/logql-string.ts';

/** Logs around an exemplar are looked for this far away. */
const AROUND_MS = 3_600_000;

/** Parameters of the Logs page that show the logs of an exemplar's trace. */
export function traceLogsQuery(labels: Readonly<Record<string, string>>, ms: number): URLSearchParams {
  return new URLSearchParams({
    q: `{trace_id=${quoteLogQl(exemplarTrace(labels) ?? '')}}`,
    from: new Date(ms - AROUND_MS).toISOString(),
    to: new Date(ms + AROUND_MS).toISOString(),
  });
}

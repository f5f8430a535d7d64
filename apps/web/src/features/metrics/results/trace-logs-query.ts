import { exemplarTrace } from '../../../charts/metrics/exemplar-trace.ts';
import { traceLogs } from '../../logs/query/trace-logs.ts';

/** Parameters of the Logs page that show the logs of an exemplar's trace, around its time. */
export function traceLogsQuery(labels: Readonly<Record<string, string>>, ms: number): URLSearchParams {
  return traceLogs(exemplarTrace(labels) ?? '', ms);
}

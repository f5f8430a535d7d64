import { quoteLogQl } from './logql-string.ts';

/** Logs of a trace are looked for this far away from a moment of it. */
const AROUND_MS = 3_600_000;

/** Parameters of the Logs page that show the logs of a trace, around one of its moments. */
export function traceLogs(traceId: string, ms: number): URLSearchParams {
  return new URLSearchParams({
    q: `{trace_id=${quoteLogQl(traceId)}}`,
    from: new Date(ms - AROUND_MS).toISOString(),
    to: new Date(ms + AROUND_MS).toISOString(),
  });
}

import { AegisError } from '@aegisguard/model';
import { type MetricsExpression, parseQuery, type SpansetPipeline } from '@aegisguard/traceql';

/** The TraceQL of a request about spans; undefined: there is none. Throws `invalid-query` with the position, and `query-not-runnable` for one that answers with series. */
export function readSpansetQuery(text: string | undefined): SpansetPipeline | undefined {
  if (text === undefined || text.trim() === '') {
    return undefined;
  }
  const { body } = parseQuery(text);
  if (body.kind !== 'pipeline') {
    throw new AegisError('query-not-runnable', {
      detail: 'The query answers with series: ask it at /query/traces/metrics.',
    });
  }
  return body;
}

/** The TraceQL of a request for series. */
export function readMetricsQuery(text: string): MetricsExpression {
  const { body } = parseQuery(text);
  if (body.kind === 'pipeline') {
    throw new AegisError('query-not-runnable', {
      detail:
        'The query answers with traces: ask it at /query/traces/search, or let it end with rate() or another metrics function.',
    });
  }
  return body;
}

import { AegisError } from '@aegisguard/model';
import {
  type MetricsExpression,
  parseQuery,
  type SpansetFilter,
  type SpansetPipeline,
  type TraceQuery,
} from '@aegisguard/traceql/syntax';
import { inParserWords } from '../parse-error-words.ts';

const BEFORE = 'invalid TraceQL query: ';

/** A query; what is wrong with one is said in Tempo's way. */
function readTraceQuery(text: string): TraceQuery {
  try {
    return parseQuery(text);
  } catch (error) {
    throw inParserWords(text, error, BEFORE);
  }
}

/** A query that answers with traces. */
export function readSearchQuery(text: string): SpansetPipeline {
  const { body } = readTraceQuery(text);
  if (body.kind !== 'pipeline') {
    throw new AegisError('invalid-request', {
      detail: `${BEFORE}metrics queries are not supported on the search endpoint`,
    });
  }
  return body;
}

/** A query that answers with series, with its hints. */
export function readSeriesQuery(text: string | undefined): TraceQuery & { readonly body: MetricsExpression } {
  if (text === undefined || text.trim() === '') {
    throw new AegisError('invalid-request', { detail: 'http parameter q is required' });
  }
  const { body, hints } = readTraceQuery(text);
  if (body.kind === 'pipeline') {
    throw new AegisError('invalid-request', { detail: `${BEFORE}not a metrics query` });
  }
  return { body, hints };
}

/** The one filter that may be asked of a trace; undefined where it asks nothing. */
export function readSpanFilter(text: string | undefined): SpansetFilter | undefined {
  if (text === undefined || text.trim() === '') {
    return undefined;
  }
  const [filter, ...others] = readSearchQuery(text).stages;
  if (others.length > 0 || filter.kind !== 'spanset-filter') {
    throw new AegisError('invalid-request', {
      detail: 'invalid TraceQL filter: only a single TraceQL filter is supported',
    });
  }
  const { condition } = filter;
  const isTrue = condition?.kind === 'static' && condition.value.type === 'boolean' && condition.value.value;
  return condition === undefined || isTrue ? undefined : filter;
}

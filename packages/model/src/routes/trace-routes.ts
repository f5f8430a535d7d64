import { z } from 'zod';
import { TraceFunnelAnswer, TraceFunnelRequest } from '../api-trace-funnels.ts';
import {
  SpanPercentileAnswer,
  SpanView,
  TraceAnswer,
  TraceComparison,
  TraceFieldsAnswer,
  TraceFieldsRequest,
  TraceFindAnswer,
  TraceMetricsAnswer,
  TraceMetricsRequest,
  TraceOutline,
  TraceOverviewAnswer,
  TraceOverviewRequest,
  TraceSearchAnswer,
  TraceSearchRequest,
  TraceValuesAnswer,
  TraceValuesRequest,
  TraceWindow,
} from '../api-traces.ts';
import { defineRoute } from './route.ts';

const QUERY_PROBLEMS = ['rate-limited', 'query-too-large', 'query-timeout'] as const;
const LANGUAGE_PROBLEMS = ['invalid-query', 'query-not-runnable', ...QUERY_PROBLEMS] as const;
const READING = {
  tag: 'Queries',
  access: { kind: 'permission', permission: 'traces:read' },
  effect: 'read',
  status: 200,
} as const;

const Id = z.string().max(4096);
const OfTrace = z.strictObject({ traceId: Id });
const OfSpan = z.strictObject({ traceId: Id, spanId: Id });

/** Traces: searched, read, compared. */
export const TRACE_ROUTES = {
  searchTraces: defineRoute({
    ...READING,
    id: 'searchTraces',
    method: 'POST',
    path: '/query/traces/search',
    summary: 'Traces by TraceQL, or by service, operation, status, duration and attributes',
    body: TraceSearchRequest,
    answer: TraceSearchAnswer,
    problems: ['invalid-cursor', ...LANGUAGE_PROBLEMS],
  }),
  readTrace: defineRoute({
    ...READING,
    id: 'readTrace',
    method: 'GET',
    path: '/query/traces/:traceId',
    summary: 'A trace, in waterfall order; whole up to 10,000 spans',
    description:
      'Larger traces are read in windows of rows; `nextOffset` is where the next one begins, and any offset may be asked for. Of more than 500,000 spans the earliest are shown. A window that does not begin at 0 goes on with the trace as it was when it was opened, for half a minute. The logs of a trace are those of the LogQL query `{trace_id="…"}` (`POST /query/logs/search`, within a range of time).',
    params: OfTrace,
    query: TraceWindow,
    answer: TraceAnswer,
    problems: ['not-found', ...QUERY_PROBLEMS],
  }),
} as const;

/** Views of one trace. */
export const TRACE_VIEW_ROUTES = {
  outlineTrace: defineRoute({
    ...READING,
    id: 'outlineTrace',
    method: 'GET',
    path: '/query/traces/:traceId/outline',
    summary: 'All spans of a trace in columns, without attributes',
    description:
      'Up to 500,000 spans, the earliest ones. Large answers are compressed when the client takes `br` or `gzip`.',
    params: OfTrace,
    answer: TraceOutline,
    problems: ['not-found', ...QUERY_PROBLEMS],
  }),
  findInTrace: defineRoute({
    ...READING,
    id: 'findInTrace',
    method: 'GET',
    path: '/query/traces/:traceId/find',
    summary: 'Spans of a trace in which a text stands',
    description:
      'The text is looked for in names of spans, services, hosts and attributes, in values, messages, events, links and ids, whatever its case; names of attributes are written with `_` between their parts.',
    params: OfTrace,
    query: z.strictObject({ text: z.string().min(1).max(1024) }),
    answer: TraceFindAnswer,
    problems: ['not-found', ...QUERY_PROBLEMS],
  }),
  readSpan: defineRoute({
    ...READING,
    id: 'readSpan',
    method: 'GET',
    path: '/query/traces/:traceId/spans/:spanId',
    summary: 'One span with everything that is known of it',
    description:
      'The logs of a span are those of the LogQL query `{trace_id="…", span_id="…"}` (`POST /query/logs/search`).',
    params: OfSpan,
    answer: SpanView,
    problems: ['not-found', ...QUERY_PROBLEMS],
  }),
  spanPercentile: defineRoute({
    ...READING,
    id: 'spanPercentile',
    method: 'GET',
    path: '/query/traces/:traceId/spans/:spanId/percentile',
    summary: "Where a span's duration stands among its peers",
    params: OfSpan,
    answer: SpanPercentileAnswer,
    problems: ['not-found', ...QUERY_PROBLEMS],
  }),
  compareTraces: defineRoute({
    ...READING,
    id: 'compareTraces',
    method: 'GET',
    path: '/query/traces/:traceId/compare/:otherId',
    summary: 'Two traces side by side, by structure',
    params: z.strictObject({ traceId: Id, otherId: Id }),
    answer: TraceComparison,
    problems: ['not-found', ...QUERY_PROBLEMS],
  }),
} as const;

/** TraceQL besides search: what spans look like together. */
export const TRACEQL_ROUTES = {
  overviewTraces: defineRoute({
    ...READING,
    id: 'overviewTraces',
    method: 'POST',
    path: '/query/traces/overview',
    summary:
      'Spans by time, by duration and by the values of fields; for a query of several spans of a trace, all that it asks something of',
    body: TraceOverviewRequest,
    answer: TraceOverviewAnswer,
    problems: LANGUAGE_PROBLEMS,
  }),
  queryTraceMetrics: defineRoute({
    ...READING,
    id: 'queryTraceMetrics',
    method: 'POST',
    path: '/query/traces/metrics',
    summary: 'TraceQL metrics over a range, with exemplars',
    body: TraceMetricsRequest,
    answer: TraceMetricsAnswer,
    problems: LANGUAGE_PROBLEMS,
  }),
  funnelTraces: defineRoute({
    ...READING,
    id: 'funnelTraces',
    method: 'POST',
    path: '/query/traces/funnel',
    summary: 'How many traces go through steps, one after the other, and how long they take',
    description:
      'A trace passes the first step with its earliest span of it, and each further one with its earliest span that starts no earlier than the span before and has passed no step yet; of spans that start together the one with the smallest id. It does not come past a step that it does not pass. Only spans that start in the range count.',
    body: TraceFunnelRequest,
    answer: TraceFunnelAnswer,
    problems: LANGUAGE_PROBLEMS,
  }),
  listTraceFields: defineRoute({
    ...READING,
    id: 'listTraceFields',
    method: 'POST',
    path: '/query/traces/fields',
    summary: 'Names of attributes',
    body: TraceFieldsRequest,
    answer: TraceFieldsAnswer,
    problems: LANGUAGE_PROBLEMS,
  }),
  listTraceValues: defineRoute({
    ...READING,
    id: 'listTraceValues',
    method: 'POST',
    path: '/query/traces/values',
    summary: 'Values of a field',
    body: TraceValuesRequest,
    answer: TraceValuesAnswer,
    problems: LANGUAGE_PROBLEMS,
  }),
} as const;

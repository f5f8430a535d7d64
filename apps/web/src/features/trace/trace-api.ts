import {
  LOG_ROUTES,
  type LogView,
  type SpanPercentileAnswer,
  type SpanView,
  TRACE_ROUTES,
  TRACE_VIEW_ROUTES,
  type TraceAnswer,
  type TraceComparison,
  type TraceFindAnswer,
  type TraceOutline,
} from '@aegisguard/model';
import { callRoute } from '../../lib/call-route.ts';
import { askedRange, type ResolvedRange } from '../../lib/time-range.ts';
import { quoteLogQl } from '../logs/query/logql-string.ts';

/** Logs of a trace that are shown beside it; the Logs page has all. */
const LOGS_MAX = 200;

/** Spans of one request of a download. */
const DOWNLOAD_SPANS = 5000;

/** Which trace is meant. */
export interface TraceRef {
  readonly orgId: string;
  readonly traceId: string;
}

/** All spans of a trace in columns. */
export function readOutline({ orgId, traceId }: TraceRef, signal: AbortSignal): Promise<TraceOutline> {
  return callRoute(TRACE_VIEW_ROUTES.outlineTrace, { params: { traceId }, orgId, signal });
}

/** One span with everything that is known of it. */
export function readSpan({ orgId, traceId }: TraceRef, spanId: string, signal: AbortSignal): Promise<SpanView> {
  return callRoute(TRACE_VIEW_ROUTES.readSpan, { params: { traceId, spanId }, orgId, signal });
}

/** Where a span's duration stands among its peers. */
export function spanPercentile(
  { orgId, traceId }: TraceRef,
  spanId: string,
  signal: AbortSignal,
): Promise<SpanPercentileAnswer> {
  return callRoute(TRACE_VIEW_ROUTES.spanPercentile, { params: { traceId, spanId }, orgId, signal });
}

/** Spans in which a text stands, attributes and events included. */
export function findInTrace(
  { orgId, traceId }: TraceRef,
  text: string,
  signal: AbortSignal,
): Promise<TraceFindAnswer> {
  return callRoute(TRACE_VIEW_ROUTES.findInTrace, { params: { traceId }, query: { text }, orgId, signal });
}

/** Two traces by structure. */
export function compareTraces(
  { orgId, traceId }: TraceRef,
  otherId: string,
  signal: AbortSignal,
): Promise<TraceComparison> {
  return callRoute(TRACE_VIEW_ROUTES.compareTraces, { params: { traceId, otherId }, orgId, signal });
}

/** The LogQL query for the logs of a trace, or of one of its spans. */
export function relatedLogsQuery(traceId: string, spanId: string | undefined): string {
  const ofSpan = spanId === undefined ? '' : `, span_id=${quoteLogQl(spanId)}`;
  return `{trace_id=${quoteLogQl(traceId)}${ofSpan}}`;
}

/** The first logs that a query finds in a range. */
export async function readLogs(
  orgId: string,
  query: string,
  range: ResolvedRange,
  signal: AbortSignal,
): Promise<{ readonly logs: readonly LogView[]; readonly hasMore: boolean }> {
  const body = { query, ...askedRange(range), limit: LOGS_MAX, direction: 'forward' as const };
  const answer = await callRoute(LOG_ROUTES.searchLogs, { body, orgId, signal });
  return answer.resultType === 'logs'
    ? { logs: answer.logs, hasMore: answer.nextCursor !== null }
    : { logs: [], hasMore: false };
}

/** The whole trace as JSON, as the API answers it, however many requests that takes; its parts never become one text. */
export async function downloadTrace({ orgId, traceId }: TraceRef, signal: AbortSignal): Promise<Blob> {
  const parts: string[] = [];
  for (let offset: number | null = 0; offset !== null; ) {
    const { spans, nextOffset, ...trace }: TraceAnswer = await callRoute(TRACE_ROUTES.readTrace, {
      params: { traceId },
      query: { offset, limit: DOWNLOAD_SPANS },
      orgId,
      signal,
    });
    const { stats: _, ...head } = trace;
    const open = offset === 0 ? `${JSON.stringify(head).slice(0, -1)},"spans":[` : ',';
    parts.push(open, JSON.stringify(spans).slice(1, -1));
    offset = nextOffset;
  }
  return new Blob([...parts, ']}\n'], { type: 'application/json' });
}

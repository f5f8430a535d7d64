import {
  TRACE_ROUTES,
  TRACEQL_ROUTES,
  type TraceMetricsAnswer,
  type TraceOverviewAnswer,
  type TraceSearchAnswer,
} from '@aegisguard/model';
import { callRoute } from '../../lib/call-route.ts';
import { askedRange, type ResolvedRange } from '../../lib/time-range.ts';
import { autoStepMs } from '../metrics/view/query-step.ts';
import type { TraceSort } from './view/traces-view.ts';

/** Traces of one request. */
const PAGE_TRACES = 50;

/** Matching spans that are listed below a trace. */
const SPANS_PER_TRACE = 10;

/** What is asked for. An empty query means all traces. */
export interface TraceQuestion {
  readonly query: string;
  readonly range: ResolvedRange;
}

/** The question as the API wants it. */
function askedTraces({ query, range }: TraceQuestion) {
  return { ...(query.trim() === '' ? {} : { query }), ...askedRange(range) };
}

/** What a search sends. */
export function searchBody(question: TraceQuestion, sort: TraceSort) {
  return { ...askedTraces(question), sort, limit: PAGE_TRACES, spansPerTrace: SPANS_PER_TRACE };
}

/** One page of traces. */
export function searchTraces(
  orgId: string,
  question: TraceQuestion,
  sort: TraceSort,
  cursor: string | undefined,
  signal: AbortSignal,
): Promise<TraceSearchAnswer> {
  const body = { ...searchBody(question, sort), ...(cursor === undefined ? {} : { cursor }) };
  return callRoute(TRACE_ROUTES.searchTraces, { body, orgId, signal });
}

/** What the spans of a query look like together. */
export function overviewTraces(
  orgId: string,
  question: TraceQuestion,
  { steps, facets }: { readonly steps: number; readonly facets: readonly string[] },
  signal: AbortSignal,
): Promise<TraceOverviewAnswer> {
  const body = { ...askedTraces(question), steps, facets: [...facets] };
  return callRoute(TRACEQL_ROUTES.overviewTraces, { body, orgId, signal });
}

/** What a metrics query sends: a value is asked of every so much time. */
export function metricsBody({ query, range }: TraceQuestion, stepMs: number = autoStepMs(range)) {
  return { query, ...askedRange(range), step: stepMs / 1000 };
}

/** The series of a metrics query. */
export function traceMetrics(
  orgId: string,
  question: TraceQuestion,
  stepMs: number,
  signal: AbortSignal,
): Promise<TraceMetricsAnswer> {
  return callRoute(TRACEQL_ROUTES.queryTraceMetrics, { body: metricsBody(question, stepMs), orgId, signal });
}

/** True when the organization has a trace at all since the moment given. */
export async function hasAnyTrace(orgId: string, range: ResolvedRange, signal: AbortSignal): Promise<boolean> {
  const body = { ...askedRange(range), limit: 1, spansPerTrace: 0 };
  return (await callRoute(TRACE_ROUTES.searchTraces, { body, orgId, signal })).traces.length > 0;
}

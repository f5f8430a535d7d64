import { z } from 'zod';
import { JsonObjectView } from './api-json.ts';
import { StatsView, TimeInput } from './api-logs.ts';
import { SPAN_KINDS, SPAN_STATUSES } from './span-record.ts';

/** `POST /query/traces/search`. `query` is TraceQL, which comes with a later issue: until then it is answered 422. */
export const TraceSearchRequest = z.strictObject({
  query: z.string().max(20_000).optional(),
  service: z.string().max(1024).optional(),
  operation: z.string().max(4096).optional(),
  minDurationMs: z.number().min(0).optional(),
  maxDurationMs: z.number().min(0).optional(),
  status: z.enum(SPAN_STATUSES).optional(),
  attributes: z.record(z.string().max(1024), z.union([z.string(), z.number(), z.boolean()])).optional(),
  start: TimeInput.optional(),
  end: TimeInput.optional(),
  limit: z.int().min(1).max(1000).default(20),
  sort: z.enum(['newest', 'slowest']).default('newest'),
  cursor: z.string().min(1).max(2000).optional(),
});
export type TraceSearchRequest = z.infer<typeof TraceSearchRequest>;

/** A trace in a list. */
export const TraceSummaryView = z.object({
  traceId: z.string(),
  rootService: z.string(),
  rootName: z.string(),
  startTime: z.string(),
  durationMs: z.number(),
  spanCount: z.number(),
  errorCount: z.number(),
  services: z.array(z.string()),
});
export type TraceSummaryView = z.infer<typeof TraceSummaryView>;

/** The answer to a search. */
export const TraceSearchAnswer = z.object({
  traces: z.array(TraceSummaryView),
  nextCursor: z.string().nullable(),
  stats: StatsView,
});
export type TraceSearchAnswer = z.infer<typeof TraceSearchAnswer>;

/** A span of a trace, in waterfall order: a parent before its children, siblings by start. */
export const SpanView = z.object({
  spanId: z.string(),
  parentSpanId: z.string().nullable(),
  name: z.string(),
  service: z.string(),
  kind: z.enum(SPAN_KINDS),
  startTime: z.string(),
  durationMs: z.number(),
  /** The part of the duration in which no child was running. */
  selfTimeMs: z.number(),
  /** 0 for a root. */
  depth: z.number(),
  status: z.enum(SPAN_STATUSES),
  statusMessage: z.string().optional(),
  host: z.string().optional(),
  env: z.string().optional(),
  version: z.string().optional(),
  traceState: z.string().optional(),
  scope: z.object({ name: z.string(), version: z.string().optional() }).optional(),
  attributes: JsonObjectView,
  resource: JsonObjectView,
  details: JsonObjectView.optional(),
  geo: JsonObjectView.optional(),
  userAgent: JsonObjectView.optional(),
  events: z.array(
    z.object({
      name: z.string(),
      timestamp: z.string(),
      attributes: JsonObjectView,
      droppedAttributesCount: z.number().optional(),
    }),
  ),
  links: z.array(
    z.object({
      traceId: z.string(),
      spanId: z.string(),
      traceState: z.string().optional(),
      flags: z.number().optional(),
      attributes: JsonObjectView,
      droppedAttributesCount: z.number().optional(),
    }),
  ),
  onCriticalPath: z.boolean(),
  truncated: z.boolean().optional(),
});
export type SpanView = z.infer<typeof SpanView>;

/** `GET /query/traces/:traceId`. */
export const TraceAnswer = z.object({
  traceId: z.string(),
  startTime: z.string(),
  durationMs: z.number(),
  rootService: z.string(),
  rootName: z.string(),
  services: z.array(z.string()),
  spanCount: z.number(),
  errorCount: z.number(),
  spans: z.array(SpanView),
  /** Sentences: missing parents, a cycle, spans left out. */
  warnings: z.array(z.string()),
  stats: StatsView,
});
export type TraceAnswer = z.infer<typeof TraceAnswer>;

import { z } from 'zod';
import { JsonObjectView } from './api-json.ts';
import { StatsView, TimeInput } from './api-logs.ts';
import { SPAN_KINDS, SPAN_STATUSES } from './span-record.ts';

/** Which traces are meant: all that is given must be true, the fields beside `query` of one span. */
const TRACE_FILTER = {
  /** TraceQL. */
  query: z.string().max(20_000).optional(),
  service: z.string().max(1024).optional(),
  operation: z.string().max(4096).optional(),
  minDurationMs: z.number().min(0).optional(),
  maxDurationMs: z.number().min(0).optional(),
  status: z.enum(SPAN_STATUSES).optional(),
  /** Of the span, its resource or its events, by name and text of the value. */
  attributes: z.record(z.string().max(1024), z.union([z.string(), z.number(), z.boolean()])).optional(),
  start: TimeInput.optional(),
  end: TimeInput.optional(),
};

/** `POST /query/traces/search`. */
export const TraceSearchRequest = z.strictObject({
  ...TRACE_FILTER,
  /** Matching spans that are told of each trace. */
  spansPerTrace: z.int().min(0).max(100).default(3),
  limit: z.int().min(1).max(1000).default(20),
  sort: z.enum(['newest', 'slowest']).default('newest'),
  cursor: z.string().min(1).max(2000).optional(),
});
export type TraceSearchRequest = z.infer<typeof TraceSearchRequest>;

/** A span that a search found, with the attributes that the query names. */
const MatchedSpanView = z.object({
  spanId: z.string(),
  name: z.string(),
  service: z.string(),
  startTime: z.string(),
  durationMs: z.number(),
  status: z.enum(SPAN_STATUSES),
  attributes: z.record(z.string(), z.union([z.string(), z.number(), z.boolean()])),
});

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
  /** Spans that matched, earliest first, and how many there are. */
  matched: z.object({ count: z.number(), spans: z.array(MatchedSpanView) }).optional(),
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
  /** Where the span is shown: as it was sent, unless it has `clockSkewMs`. The same is true of its events' times. */
  startTime: z.string(),
  durationMs: z.number(),
  /** The part of the duration in which no child was running that the span waits for: the consumer of what it produced, or what follows from it (`opentracing.ref_type`), is none. */
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
  /** By how much the span was moved so that it lies in its parent: clocks of different machines differ. */
  clockSkewMs: z.number().optional(),
  /** The start as it was sent, of a span that was moved. */
  originalStartTime: z.string().optional(),
  /** The parent was not received: the span is shown as a root. */
  isOrphan: z.boolean().optional(),
  truncated: z.boolean().optional(),
});
export type SpanView = z.infer<typeof SpanView>;

/** `GET /query/traces/:traceId`: whole up to 10,000 spans, else the rows that are asked for, in waterfall order. */
export const TraceWindow = z.strictObject({
  offset: z.coerce.number().int().min(0).max(1_000_000).default(0),
  limit: z.coerce.number().int().min(1).max(10_000).default(10_000),
});

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
  /** Where the next rows begin; null after the last. */
  nextOffset: z.number().nullable(),
  /** Sentences: missing parents, a cycle, clocks that differ, spans left out. */
  warnings: z.array(z.string()),
  stats: StatsView,
});
export type TraceAnswer = z.infer<typeof TraceAnswer>;

/** What is remarkable about a span of an outline; bits of a number. */
export const OUTLINE_FLAGS = { criticalPath: 1, orphan: 2, skewed: 4, exception: 8, links: 16 } as const;

/** `GET /query/traces/:traceId/outline`: every span of a trace, in waterfall order, as columns of equal length, without attributes. Times are nanoseconds after the trace's start. */
export const TraceOutline = z.object({
  traceId: z.string(),
  startTime: z.string(),
  durationMs: z.number(),
  rootService: z.string(),
  rootName: z.string(),
  spanCount: z.number(),
  errorCount: z.number(),
  services: z.array(z.string()),
  names: z.array(z.string()),
  spans: z.object({
    id: z.array(z.string()),
    /** Row of the parent; -1 for a root. */
    parent: z.array(z.number()),
    depth: z.array(z.number()),
    start: z.array(z.number()),
    duration: z.array(z.number()),
    self: z.array(z.number()),
    /** Indexes of `services`, of `names`, of the kinds and of the statuses of OpenTelemetry. */
    service: z.array(z.number()),
    name: z.array(z.number()),
    kind: z.array(z.number()),
    status: z.array(z.number()),
    /** Sums of `OUTLINE_FLAGS`. */
    flags: z.array(z.number()),
  }),
  /** Of each root, one after the other, from its end to its beginning: while a section lasts, nothing but its span keeps the root from ending. */
  criticalPath: z.array(z.object({ row: z.number(), from: z.number(), until: z.number() })),
  warnings: z.array(z.string()),
  stats: StatsView,
});
export type TraceOutline = z.infer<typeof TraceOutline>;

/** `GET /query/traces/:traceId/find`: ids of the spans in whose names, attributes, events or links the text stands, whatever its case. */
export const TraceFindAnswer = z.object({
  /** The first 10,000, ascending by start. */
  spanIds: z.array(z.string()),
  /** How many there are. */
  count: z.number(),
  stats: StatsView,
});
export type TraceFindAnswer = z.infer<typeof TraceFindAnswer>;

/** `GET /query/traces/:traceId/spans/:spanId/percentile`: where a span's duration stands among those of the same service, name and kind in the hours around it: its own, the one before and the one after. */
export const SpanPercentileAnswer = z.object({
  durationMs: z.number(),
  /** Per cent of the peers that took no longer. */
  percentile: z.number(),
  peers: z.number(),
  p50Ms: z.number(),
  p90Ms: z.number(),
  p99Ms: z.number(),
  start: z.string(),
  end: z.string(),
  stats: StatsView,
});
export type SpanPercentileAnswer = z.infer<typeof SpanPercentileAnswer>;

/** What one of two compared traces has at a place. */
const ComparedSide = z.object({
  count: z.number(),
  durationMs: z.number(),
  selfTimeMs: z.number(),
  errorCount: z.number(),
});

/** What is told of a compared trace. */
const ComparedTrace = z.object({
  traceId: z.string(),
  startTime: z.string(),
  durationMs: z.number(),
  rootService: z.string(),
  rootName: z.string(),
  spanCount: z.number(),
  errorCount: z.number(),
});

/** `GET /query/traces/:traceId/compare/:otherId`: spans of the same service, name and kind below the same place are one node. */
export const TraceComparison = z.object({
  before: ComparedTrace,
  after: ComparedTrace,
  /** A parent before its children. */
  nodes: z.array(
    z.object({
      /** Index of the node above; -1 at the top. */
      parent: z.number(),
      depth: z.number(),
      service: z.string(),
      name: z.string(),
      kind: z.enum(SPAN_KINDS),
      change: z.enum(['added', 'removed', 'more', 'fewer', 'same']),
      before: ComparedSide,
      after: ComparedSide,
    }),
  ),
  warnings: z.array(z.string()),
  stats: StatsView,
});
export type TraceComparison = z.infer<typeof TraceComparison>;

/** `POST /query/traces/overview`: what the spans that a search is about look like together. */
export const TraceOverviewRequest = z.strictObject({
  ...TRACE_FILTER,
  steps: z.int().min(1).max(500).default(80),
  /** Fields whose most frequent values are told, as TraceQL has them. */
  facets: z.array(z.string().max(1024)).max(40).default([]),
});
export const TraceOverviewAnswer = z.object({
  spanCount: z.number(),
  errorCount: z.number(),
  /** Spans by time. */
  start: z.string(),
  stepMs: z.number(),
  spans: z.array(z.number()),
  errors: z.array(z.number()),
  /** Spans by duration: up to this many milliseconds, a power of two of nanoseconds, and above the one before. */
  durations: z.array(z.object({ upToMs: z.number(), spans: z.number(), errors: z.number() })),
  facets: z.array(
    z.object({
      field: z.string(),
      values: z.array(z.object({ value: z.union([z.string(), z.number(), z.boolean()]), count: z.number() })),
    }),
  ),
  stats: StatsView,
});
export type TraceOverviewAnswer = z.infer<typeof TraceOverviewAnswer>;

/** `POST /query/traces/metrics`: TraceQL that answers with series. */
export const TraceMetricsRequest = z.strictObject({
  query: z.string().min(1).max(20_000),
  start: TimeInput.optional(),
  end: TimeInput.optional(),
  /** Seconds, or text as `30s`. */
  step: z.union([z.number().positive(), z.string().max(100)]).optional(),
  /** Of each series. */
  exemplars: z.int().min(0).max(100).default(10),
});
export const TraceMetricsAnswer = z.object({
  resultType: z.literal('matrix'),
  series: z.array(
    z.object({
      labels: z.record(z.string(), z.string()),
      /** Unix seconds and value. */
      points: z.array(z.tuple([z.number(), z.number()])),
      exemplars: z
        .array(z.object({ traceId: z.string(), spanId: z.string(), timestamp: z.string(), value: z.number() }))
        .optional(),
    }),
  ),
  stats: StatsView,
});
export type TraceMetricsAnswer = z.infer<typeof TraceMetricsAnswer>;

/** `POST /query/traces/fields`: what the latest spans' attributes are called. */
export const TraceFieldsRequest = z.strictObject({
  query: z.string().max(20_000).optional(),
  start: TimeInput.optional(),
  end: TimeInput.optional(),
});
export const TraceFieldsAnswer = z.object({
  fields: z.array(
    z.object({
      scope: z.enum(['span', 'resource', 'event', 'link', 'instrumentation']),
      name: z.string(),
      type: z.enum(['string', 'number', 'boolean']),
      count: z.number(),
    }),
  ),
  stats: StatsView,
});
export type TraceFieldsAnswer = z.infer<typeof TraceFieldsAnswer>;

/** `POST /query/traces/values`: a field's most frequent values in the latest spans. */
export const TraceValuesRequest = z.strictObject({
  /** As TraceQL has it: `resource.service.name`, `name`. */
  field: z.string().min(1).max(1024),
  query: z.string().max(20_000).optional(),
  start: TimeInput.optional(),
  end: TimeInput.optional(),
  limit: z.int().min(1).max(1000).default(100),
});
export const TraceValuesAnswer = z.object({
  /** Durations are nanoseconds. */
  values: z.array(z.object({ value: z.union([z.string(), z.number(), z.boolean()]), count: z.number() })),
  stats: StatsView,
});
export type TraceValuesAnswer = z.infer<typeof TraceValuesAnswer>;

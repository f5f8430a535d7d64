import { z } from 'zod';
import { StatsView, TimeInput } from './api-logs.ts';

/** Steps of a funnel. */
export const FUNNEL_STEPS_MAX = 8;

/** Which spans are of a step: those of which all that is given is true; where nothing is given, all. */
const FunnelStepFilter = z.strictObject({
  /** What the step is called. */
  name: z.string().max(200).optional(),
  service: z.string().max(1024).optional(),
  operation: z.string().max(4096).optional(),
  /** TraceQL that finds spans. */
  query: z.string().max(20_000).optional(),
  /** Only spans that failed. */
  errorsOnly: z.boolean().default(false),
});

/** `POST /query/traces/funnel`: how traces go through steps, one after the other. */
export const TraceFunnelRequest = z.strictObject({
  steps: z.array(FunnelStepFilter).min(2).max(FUNNEL_STEPS_MAX),
  start: TimeInput.optional(),
  end: TimeInput.optional(),
  /** About as many points of time are told apart. */
  buckets: z.int().min(1).max(500).default(60),
  /** Traces of each list, at most. */
  listed: z.int().min(0).max(20).default(10),
});
export type TraceFunnelRequest = z.infer<typeof TraceFunnelRequest>;

/** Between the starts of two spans. A percentile lies between the two nearest ones, in proportion. */
const LatencyView = z.object({
  averageMs: z.number(),
  p50Ms: z.number(),
  p90Ms: z.number(),
  p95Ms: z.number(),
  p99Ms: z.number(),
});
export type FunnelLatencyView = z.infer<typeof LatencyView>;

/** A trace that stands for others. */
const FunnelTraceView = z.object({
  traceId: z.string(),
  /** The span that it passed the step with. */
  spanId: z.string(),
  rootService: z.string(),
  rootName: z.string(),
  /** The start of its span of the first step. */
  enteredAt: z.string(),
  /** From the span of the step before to this one; 0 for the first step. */
  latencyMs: z.number(),
  /** The span failed. */
  isError: z.boolean(),
});
export type FunnelTraceView = z.infer<typeof FunnelTraceView>;

/** What is told of a step. Shares are from 0 to 1; null where there is nothing to have a share of. */
const FunnelStepView = z.object({
  name: z.string().optional(),
  /** Traces that passed it. */
  traceCount: z.number(),
  /** Of those, the ones whose span of the step failed. */
  errorCount: z.number(),
  /** Of those, the ones that did not pass the next step; 0 for the last step. */
  droppedCount: z.number(),
  shareOfFirst: z.number().nullable(),
  shareOfPrevious: z.number().nullable(),
  /** From the span of the step before; null for the first step, and where no trace passed. */
  latency: LatencyView.nullable(),
  /** By the time at which traces entered. */
  counts: z.array(z.number()),
  /** Longest since the step before first; none for the first step. */
  slowestTraces: z.array(FunnelTraceView),
  /** Whose span of the step failed, the last that entered first. */
  failedTraces: z.array(FunnelTraceView),
  /** Which did not pass the next step, the last that entered first. */
  droppedTraces: z.array(FunnelTraceView),
});
export type FunnelStepView = z.infer<typeof FunnelStepView>;

export const TraceFunnelAnswer = z.object({
  /** Where the first of `counts` begins, and how long each is. */
  start: z.string(),
  stepMs: z.number(),
  steps: z.array(FunnelStepView),
  /** Of the traces that passed all steps, from the first span to the last; null where there are none. */
  latency: LatencyView.nullable(),
  /** These traces, the longest first. */
  slowestTraces: z.array(FunnelTraceView),
  stats: StatsView,
});
export type TraceFunnelAnswer = z.infer<typeof TraceFunnelAnswer>;

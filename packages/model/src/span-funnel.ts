import type { QueryStats } from './log-reader.ts';
import type { SpanCondition } from './span-query.ts';
import type { UnixNanos } from './unix-nanos.ts';

/**
 * How traces go through ordered steps. A trace passes the first step with the earliest of its spans that meet the step's condition, and each further one with the earliest such span that starts no earlier than the span before and has passed no step yet; of several
 * that start together the one with the smallest id. It does not come past a step that it does not pass. Only spans that start in the range count; of one that came several times what came last.
 */
export interface SpanFunnelQuery {
  /** At least one. */
  readonly steps: readonly SpanCondition[];
  /** Inclusive and exclusive. */
  readonly start: UnixNanos;
  readonly end: UnixNanos;
  /** Where the first bucket begins: not after the start. Bucket i holds the traces that entered at origin + i·width ≤ time < origin + (i+1)·width. */
  readonly origin: UnixNanos;
  /** Width of a bucket in nanoseconds. */
  readonly width: bigint;
  /** Traces of each list, at most. */
  readonly listed: number;
}

/** What the times of some traces come to, in nanoseconds. A percentile lies between the two nearest ones, in proportion. */
export interface FunnelLatency {
  readonly average: number;
  readonly p50: number;
  readonly p90: number;
  readonly p95: number;
  readonly p99: number;
}

/** A trace that stands for others. */
export interface FunnelTrace {
  readonly traceId: string;
  /** The span that it passed the step with. */
  readonly spanId: string;
  /** When it entered: the start of its span of the first step. */
  readonly enteredAt: UnixNanos;
  /** From the span of the step before to this one; 0 for the first step. */
  readonly latencyNanos: bigint;
  /** The span failed. */
  readonly isError: boolean;
}

/** What is told of the traces that passed a step. */
export interface FunnelStep {
  readonly traces: number;
  /** Of these, those whose span of the step failed. */
  readonly errors: number;
  /** From the span of the step before; undefined for the first step, and where no trace passed. */
  readonly latency: FunnelLatency | undefined;
  /** Traces by bucket; those without a trace are absent. */
  readonly buckets: ReadonlyMap<number, number>;
  /** Longest since the step before first, then by id; none for the first step. */
  readonly slowest: readonly FunnelTrace[];
  /** Whose span of the step failed: the last that entered first, then by id. */
  readonly failed: readonly FunnelTrace[];
  /** Which did not pass the next step, in the same order; none for the last step. */
  readonly dropped: readonly FunnelTrace[];
}

/** How traces went through the steps. */
export interface SpanFunnel {
  /** As many as were asked for. */
  readonly steps: readonly FunnelStep[];
  /** Of the traces that passed all steps, from the first span to the last; undefined where there are none. */
  readonly latency: FunnelLatency | undefined;
  /** These traces, the longest first, then by id; their latency is from the first step on, the span that of the last one. */
  readonly slowest: readonly FunnelTrace[];
  readonly stats: QueryStats;
}

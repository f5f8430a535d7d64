import {
  type FunnelLatency,
  type FunnelLatencyView,
  type FunnelStep,
  type FunnelStepView,
  type FunnelTrace,
  type FunnelTraceView,
  formatRfc3339Nanos,
  nanosFromMs,
  type TraceFunnelAnswer,
  unixNanos,
} from '@aegisguard/model';
import type { HistogramGrid } from '../histogram-step.ts';
import type { ToldFunnel } from './tell-funnel.ts';

const NANOS_PER_MS = 1e6;

/** A funnel as it is told. */
export function funnelView(
  asked: readonly { readonly name?: string | undefined }[],
  grid: HistogramGrid,
  told: ToldFunnel,
): TraceFunnelAnswer {
  const { steps, latency, slowest } = told.funnel;
  const lists = (traces: readonly FunnelTrace[]) => traces.map((trace) => traceView(trace, told));
  return {
    start: formatRfc3339Nanos(unixNanos(nanosFromMs(grid.startMs))),
    stepMs: grid.stepMs,
    steps: steps.map((step, place): FunnelStepView => {
      const name = asked[place]?.name;
      const next = steps[place + 1];
      return {
        ...(name === undefined ? {} : { name }),
        traceCount: step.traces,
        errorCount: step.errors,
        droppedCount: next === undefined ? 0 : step.traces - next.traces,
        shareOfFirst: shareOf(step, steps[0]),
        shareOfPrevious: shareOf(step, steps[Math.max(0, place - 1)]),
        latency: latencyView(step.latency),
        counts: Array.from({ length: grid.bars }, (_, bucket) => step.buckets.get(bucket) ?? 0),
        slowestTraces: lists(step.slowest),
        failedTraces: lists(step.failed),
        droppedTraces: lists(step.dropped),
      };
    }),
    latency: latencyView(latency),
    slowestTraces: lists(slowest),
    stats: told.stats,
  };
}

function shareOf(part: FunnelStep, whole: FunnelStep | undefined): number | null {
  return whole === undefined || whole.traces === 0 ? null : part.traces / whole.traces;
}

function latencyView(latency: FunnelLatency | undefined): FunnelLatencyView | null {
  if (latency === undefined) {
    return null;
  }
  const { average, p50, p90, p95, p99 } = latency;
  // No digits that nobody measured.
  const msOf = (nanos: number) => Math.round(nanos) / NANOS_PER_MS;
  return { averageMs: msOf(average), p50Ms: msOf(p50), p90Ms: msOf(p90), p95Ms: msOf(p95), p99Ms: msOf(p99) };
}

/** A trace that was deleted meanwhile has no root. */
function traceView(
  { traceId, spanId, enteredAt, latencyNanos, isError }: FunnelTrace,
  { summaries }: ToldFunnel,
): FunnelTraceView {
  const summary = summaries.get(traceId);
  return {
    traceId,
    spanId,
    rootService: summary?.rootService ?? '',
    rootName: summary?.rootName ?? '',
    enteredAt: formatRfc3339Nanos(enteredAt),
    latencyMs: Number(latencyNanos) / NANOS_PER_MS,
    isError,
  };
}

import {
  type FunnelTrace,
  type OrgId,
  type QueryBounds,
  type QueryStats,
  type SpanFunnel,
  type SpanQueryReader,
  type SpanReader,
  type TraceSummary,
  totalStats,
} from '@aegisguard/model';
import { evaluateFunnel, type FunnelQuest } from '@aegisguard/traceql';
import { oneDeadline } from '../one-deadline.ts';

/** A funnel, and what is told of the traces in its lists. */
export interface ToldFunnel {
  readonly funnel: SpanFunnel;
  readonly summaries: ReadonlyMap<string, TraceSummary>;
  readonly stats: QueryStats;
}

/** Evaluates a funnel, then reads what its listed traces are called. */
export async function tellFunnel(
  spans: SpanReader & SpanQueryReader,
  orgId: OrgId,
  quest: FunnelQuest,
  bounds: QueryBounds,
): Promise<ToldFunnel> {
  const leftBounds = oneDeadline(bounds);
  const funnel = await evaluateFunnel(spans, orgId, quest, leftBounds());
  const lists: readonly (readonly FunnelTrace[])[] = [
    funnel.slowest,
    ...funnel.steps.flatMap(({ slowest, failed, dropped }) => [slowest, failed, dropped]),
  ];
  const traceIds = [...new Set(lists.flat().map(({ traceId }) => traceId))];
  const listing = { traceIds, start: quest.start, end: quest.end };
  const { traces, stats } = await spans.summarizeTraces(orgId, listing, leftBounds());
  return {
    funnel,
    summaries: new Map(traces.map((summary) => [summary.traceId, summary])),
    stats: totalStats([funnel.stats, stats]),
  };
}

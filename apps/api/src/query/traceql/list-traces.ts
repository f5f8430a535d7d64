import type { OrgId, QueryBounds, QueryStats, SpanQueryReader, SpanReader, TraceSummary } from '@aegisguard/model';
import { totalStats } from '@aegisguard/model';
import {
  type FoundTrace,
  type SpansetPipeline,
  searchTraces,
  type TracePlace,
  type TraceQuest,
} from '@aegisguard/traceql';
import { oneDeadline } from '../one-deadline.ts';

/** A page of traces is asked for; without a query, of all of them. */
interface ListWish extends Omit<TraceQuest, 'query'> {
  readonly query: SpansetPipeline | undefined;
}

/** One page; `found` is there where there was a query. */
interface TraceList {
  readonly traces: readonly { readonly summary: TraceSummary; readonly found: FoundTrace | undefined }[];
  readonly next: TracePlace | undefined;
  readonly stats: QueryStats;
}

interface Found extends Omit<TraceList, 'traces'> {
  readonly traces: readonly { readonly traceId: string; readonly found?: FoundTrace }[];
}

/** Finds traces, then reads what is told of each. */
export async function listTraces(
  spans: SpanReader & SpanQueryReader,
  orgId: OrgId,
  wish: ListWish,
  bounds: QueryBounds,
): Promise<TraceList> {
  const leftBounds = oneDeadline(bounds);
  const { start, end } = wish;
  const { traces, next, stats } = await foundTraces(spans, orgId, wish, leftBounds());
  const listing = { traceIds: traces.map(({ traceId }) => traceId), start, end };
  const told = await spans.summarizeTraces(orgId, listing, leftBounds());
  const summaries = new Map(told.traces.map((summary) => [summary.traceId, summary]));
  return {
    traces: traces.flatMap(({ traceId, found }) => {
      const summary = summaries.get(traceId);
      return summary === undefined ? [] : [{ summary, found }];
    }),
    next,
    stats: totalStats([stats, told.stats]),
  };
}

async function foundTraces(
  spans: SpanQueryReader,
  orgId: OrgId,
  { query, ...wish }: ListWish,
  bounds: QueryBounds,
): Promise<Found> {
  if (query === undefined) {
    const page = await spans.findTraces(orgId, { ...wish, conditions: [{ kind: 'everything' }] }, bounds);
    return { ...page, next: page.next };
  }
  const { traces, next, stats } = await searchTraces(spans, orgId, { ...wish, query }, bounds);
  return { traces: traces.map((found) => ({ traceId: found.traceId, found })), next, stats };
}

import type { OrgId, QueryBounds, QueryStats, SpanQueryReader, SpanReader, TraceSummary } from '@aegisguard/model';
import { totalStats } from '@aegisguard/model';
import { type FoundTrace, searchTraces, type SpansetPipeline, type TracePlace, type TraceQuest } from '@aegisguard/traceql';
import { oneDeadline } from '../one-deadline.ts';

/** A page of traces is asked for; without a query, of all of them. */
interface ListWish extends Omit<TraceQuest, 'query'> {
  readonly query: SpansetPipeline | undefined;
}

/** One page; `found` is there where there was a query. */
interface TraceList {
  readonly traces: readonly { readonly summary: TraceSummary; readonly found?: FoundTrace }[];
  readonly next?: TracePlace;
  readonly stats: QueryStats;
}

/** Finds traces, then reads what is told of each. */
export async function listTraces(
  spans: SpanReader & SpanQueryReader,
  orgId: OrgId,
  wish: ListWish,
  bounds: QueryBounds,
): Promise<TraceList> {
  const leftBounds = oneDeadline(bounds);
  const { query, start, end } = wish;
  const page =
    query === undefined
      ? await spans.findTraces(orgId, { ...wish, conditions: [{ kind: 'everything' }] }, leftBounds())
      : await searchTraces(spans, orgId, { ...wish, query }, leftBounds());
  const ids = page.traces.map(({ traceId }) => traceId);
  const { traces, stats } = await spans.summarizeTraces(orgId, { traceIds: ids, start, end }, leftBounds());
  const summaries = new Map(traces.map((summary) => [summary.traceId, summary]));
  const told = page.traces.flatMap((one) => {
    const summary = summaries.get(one.traceId);
    return summary === undefined ? [] : [{ summary, ...('matched' in one ? { found: one } : {}) }];
  });
  const { next } = page;
  return { traces: told, ...(next === undefined ? {} : { next }), stats: totalStats([page.stats, stats]) };
}

import { type StatsView, type TraceSearchAnswer, type TraceSummaryView, totalStats } from '@aegisguard/model';
import { type InfiniteData, keepPreviousData, useInfiniteQuery, useQueryClient } from '@tanstack/react-query';
import { useCallback, useMemo } from 'react';
import { type ApiError, asApiError } from '../../lib/api-error.ts';
import type { Run } from '../../lib/use-run.ts';
import { searchTraces } from './traces-api.ts';
import type { TraceSort } from './view/traces-view.ts';

const NO_TRACES: readonly TraceSummaryView[] = [];

/** The answer to the view's question, as far as it is loaded. */
export interface TraceResults {
  readonly traces: readonly TraceSummaryView[];
  /** Summed over the loaded pages. */
  readonly stats: StatsView | undefined;
  /** The first page failed. */
  readonly error: ApiError | undefined;
  /** A further page failed. */
  readonly moreError: ApiError | undefined;
  /** The first page is on its way. */
  readonly isLoading: boolean;
  /** What is shown answers an earlier question. */
  readonly isStale: boolean;
  /** Stopped by hand before anything came. */
  readonly isCancelled: boolean;
  readonly hasMore: boolean;
  readonly isLoadingMore: boolean;
  readonly loadMore: () => void;
  readonly cancel: () => void;
}

/** A trace that got later spans may come again on a further page; it stays where it came first. */
function tracesOf(data: InfiniteData<TraceSearchAnswer> | undefined): readonly TraceSummaryView[] {
  const byId = new Map<string, TraceSummaryView>();
  for (const trace of data?.pages.flatMap(({ traces }) => traces) ?? NO_TRACES) {
    if (!byId.has(trace.traceId)) {
      byId.set(trace.traceId, trace);
    }
  }
  return [...byId.values()];
}

/** Asks for traces page by page. A new question aborts the old one. A query for numbers has no traces: it is not asked. */
export function useTraceSearch(
  orgId: string,
  query: string,
  sort: TraceSort,
  run: Run,
  enabled: boolean,
): TraceResults {
  const client = useQueryClient();
  const queryKey = useMemo(() => ['traces', 'search', run.id, sort], [run.id, sort]);
  const result = useInfiniteQuery({
    queryKey,
    queryFn: ({ pageParam, signal }) => searchTraces(orgId, { query, range: run.range }, sort, pageParam, signal),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: ({ nextCursor }) => nextCursor ?? undefined,
    placeholderData: keepPreviousData,
    enabled,
    gcTime: 60_000,
  });
  const { data, hasNextPage, isFetching, isFetchNextPageError, fetchNextPage, error } = result;
  const loadMore = useCallback(() => {
    if (hasNextPage && !isFetching) {
      void fetchNextPage();
    }
  }, [hasNextPage, isFetching, fetchNextPage]);
  return {
    traces: useMemo(() => tracesOf(data), [data]),
    stats: useMemo(() => (data === undefined ? undefined : totalStats(data.pages.map(({ stats }) => stats))), [data]),
    error: error === null || isFetchNextPageError ? undefined : asApiError(error),
    moreError: error !== null && isFetchNextPageError ? asApiError(error) : undefined,
    isLoading: result.fetchStatus === 'fetching' && !result.isFetchingNextPage,
    isStale: result.isPlaceholderData,
    isCancelled: enabled && result.fetchStatus === 'idle' && (result.isPending || result.isPlaceholderData),
    hasMore: hasNextPage && !result.isPlaceholderData,
    isLoadingMore: result.isFetchingNextPage,
    loadMore,
    cancel: useCallback(() => void client.cancelQueries({ queryKey }), [client, queryKey]),
  };
}

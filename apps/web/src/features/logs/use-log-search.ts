import { type LogDirection, type LogView, type StatsView, totalStats } from '@aegisguard/model';
import { type InfiniteData, keepPreviousData, useInfiniteQuery, useQueryClient } from '@tanstack/react-query';
import { useCallback, useMemo } from 'react';
import { type ApiError, asApiError } from '../../lib/api-error.ts';
import type { Run } from '../../lib/use-run.ts';
import { type LogAnswer, searchLogs } from './logs-api.ts';

/** How long an answer that is on no screen is kept, for the back button; 100,000 logs are some 100 MB. */
const UNUSED_KEPT_MS = 30_000;

const NO_ROWS: readonly LogView[] = [];

/** The answer to the view's question, as far as it is loaded. */
export interface LogResults {
  readonly rows: readonly LogView[];
  /** Those of the first page: the same ones when more come. */
  readonly firstRows: readonly LogView[];
  /** The numbers, when the query is a metric query. */
  readonly matrix: Extract<LogAnswer, { resultType: 'matrix' }> | undefined;
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

function contentOf(
  data: InfiniteData<LogAnswer> | undefined,
): Pick<LogResults, 'rows' | 'firstRows' | 'matrix' | 'stats'> {
  const first = data?.pages[0];
  if (data === undefined || first === undefined) {
    return { rows: NO_ROWS, firstRows: NO_ROWS, matrix: undefined, stats: undefined };
  }
  return {
    rows: data.pages.flatMap((page) => (page.resultType === 'logs' ? page.logs : [])),
    firstRows: first.resultType === 'logs' ? first.logs : NO_ROWS,
    matrix: first.resultType === 'matrix' ? first : undefined,
    stats: totalStats(data.pages.map(({ stats }) => stats)),
  };
}

/** Asks for logs page by page. A new question aborts the old one. */
export function useLogSearch(orgId: string, query: string, direction: LogDirection, run: Run): LogResults {
  const client = useQueryClient();
  const queryKey = useMemo(() => ['logs', 'search', run.id, direction], [run.id, direction]);
  const result = useInfiniteQuery({
    queryKey,
    queryFn: ({ pageParam, signal }) => searchLogs(orgId, { query, range: run.range, direction }, pageParam, signal),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page) => (page.resultType === 'logs' ? (page.nextCursor ?? undefined) : undefined),
    placeholderData: keepPreviousData,
    gcTime: UNUSED_KEPT_MS,
  });
  const { data, hasNextPage, isFetching, isFetchNextPageError, fetchNextPage, error } = result;
  const content = useMemo(() => contentOf(data), [data]);
  const loadMore = useCallback(() => {
    if (hasNextPage && !isFetching) {
      void fetchNextPage();
    }
  }, [hasNextPage, isFetching, fetchNextPage]);
  const cancel = useCallback(() => void client.cancelQueries({ queryKey }), [client, queryKey]);
  return {
    ...content,
    error: error === null || isFetchNextPageError ? undefined : asApiError(error),
    moreError: error !== null && isFetchNextPageError ? asApiError(error) : undefined,
    isLoading: result.fetchStatus === 'fetching' && !result.isFetchingNextPage,
    isStale: result.isPlaceholderData,
    isCancelled: result.fetchStatus === 'idle' && (result.isPending || result.isPlaceholderData),
    hasMore: hasNextPage && !result.isPlaceholderData,
    isLoadingMore: result.isFetchingNextPage,
    loadMore,
    cancel,
  };
}

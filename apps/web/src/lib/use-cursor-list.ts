import { keepPreviousData, type QueryKey, useInfiniteQuery } from '@tanstack/react-query';
import { useEffect, useMemo, useState } from 'react';
import { type ApiError, asApiError } from './api-error.ts';

/** A page of a list, as every list route answers. */
export interface CursorPage<Row> {
  readonly items: readonly Row[];
  readonly nextCursor: string | null;
}

/** A list as far as it is loaded. */
export interface RowList<Row> {
  /** Undefined until the first page is there. */
  readonly rows: readonly Row[] | undefined;
  readonly error: ApiError | undefined;
  readonly retry: () => void;
  /** Asks for the next page; undefined when there is none. */
  readonly more: (() => void) | undefined;
  readonly isLoadingMore: boolean;
}

/** Reads a list page by page; `['…']` of the key is invalidated after a change. */
export function useCursorList<Row>({
  queryKey,
  readPage,
  keepsRows = false,
}: {
  readonly queryKey: QueryKey;
  /** While another question is asked, the rows of the one before stay. */
  readonly keepsRows?: boolean;
  readonly readPage: (cursor: string | null, signal: AbortSignal) => Promise<CursorPage<Row>>;
}): RowList<Row> {
  const query = useInfiniteQuery({
    queryKey,
    queryFn: ({ pageParam, signal }) => readPage(pageParam, signal),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.nextCursor,
    ...(keepsRows ? { placeholderData: keepPreviousData } : {}),
    // Others change it, too.
    staleTime: 0,
  });
  const { data, error, hasNextPage, isFetchingNextPage, isPlaceholderData, fetchNextPage, refetch } = query;
  // Asked for while the rows are those of the question before: it waits for the first page.
  const [isMoreWanted, setMoreWanted] = useState(false);
  useEffect(() => {
    if (isMoreWanted && !isPlaceholderData) {
      setMoreWanted(false);
      void fetchNextPage();
    }
  }, [isMoreWanted, isPlaceholderData, fetchNextPage]);
  return {
    rows: useMemo(() => data?.pages.flatMap((page) => page.items), [data]),
    error: error === null ? undefined : asApiError(error),
    retry: () => void (data === undefined ? refetch() : fetchNextPage()),
    more: hasNextPage ? () => setMoreWanted(true) : undefined,
    isLoadingMore: isFetchingNextPage || isMoreWanted,
  };
}

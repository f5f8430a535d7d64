import type { LogPatternsAnswer } from '@aegisguard/model';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { type ApiError, asApiError } from '../../../lib/api-error.ts';
import type { Run } from '../../../lib/use-run.ts';
import { logPatterns } from '../logs-api.ts';

/** Bars of a trend. */
const BUCKETS = 40;

/** The forms of the query's lines, as far as they are known. */
export interface PatternsResult {
  readonly answer: LogPatternsAnswer | undefined;
  readonly error: ApiError | undefined;
  readonly isLoading: boolean;
  /** What is shown answers an earlier question. */
  readonly isStale: boolean;
  readonly retry: () => void;
}

/** Asks for the forms of a query's lines. */
export function usePatterns(orgId: string, query: string, run: Run): PatternsResult {
  const result = useQuery({
    queryKey: ['logs', 'patterns', run.id],
    queryFn: ({ signal }) => logPatterns(orgId, { query, range: run.range }, BUCKETS, signal),
    placeholderData: keepPreviousData,
    gcTime: 60_000,
  });
  return {
    answer: result.data,
    error: result.error === null ? undefined : asApiError(result.error),
    isLoading: result.isFetching,
    isStale: result.isPlaceholderData,
    retry: () => void result.refetch(),
  };
}

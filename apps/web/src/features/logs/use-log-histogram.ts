import type { LogHistogramAnswer } from '@aegisguard/model';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { type ApiError, asApiError } from '../../lib/api-error.ts';
import type { Run } from '../../lib/use-run.ts';
import { logHistogram } from './logs-api.ts';

/** The volume of the view's query. */
export interface VolumeResult {
  readonly answer: LogHistogramAnswer | undefined;
  readonly error: ApiError | undefined;
  readonly isLoading: boolean;
  readonly retry: () => void;
}

/** Asks for the volume of a log query in about `buckets` bars; metric queries have none. */
export function useLogHistogram(
  orgId: string,
  query: string,
  run: Run,
  buckets: number,
  enabled: boolean,
): VolumeResult {
  const result = useQuery({
    queryKey: ['logs', 'histogram', run.id, buckets],
    queryFn: ({ signal }) => logHistogram(orgId, { query, range: run.range }, buckets, signal),
    enabled,
    placeholderData: keepPreviousData,
    gcTime: 60_000,
  });
  return {
    answer: result.data,
    error: result.error === null ? undefined : asApiError(result.error),
    isLoading: result.isFetching,
    retry: () => void result.refetch(),
  };
}

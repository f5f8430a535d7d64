import type { TraceOutline } from '@aegisguard/model';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useMemo } from 'react';
import { type ApiError, asApiError } from '../../lib/api-error.ts';
import { type TraceModel, traceModel } from './model/trace-model.ts';
import { readOutline, type TraceRef } from './trace-api.ts';

/** How long a trace that is on no screen is kept, for the back button: a large one takes tens of megabytes. */
const UNUSED_KEPT_MS = 60_000;

/** How a trace was read, the last time. */
export interface Reading {
  readonly error: ApiError | undefined;
  readonly isLoading: boolean;
  /** When the outline was read, in milliseconds: another one with each reading. */
  readonly version: number;
  /** Reads all again that is known of the trace. */
  readonly refresh: () => void;
}

/** A trace, or why there is none yet. */
export interface LoadedTrace extends Reading {
  readonly outline: TraceOutline | undefined;
  readonly model: TraceModel | undefined;
}

/** Reads a trace's outline and makes its model. Spans may come late, so it is read again on demand only: what moves under the eyes is worse than what is missing. */
export function useTrace({ orgId, traceId }: TraceRef): LoadedTrace {
  const client = useQueryClient();
  const { data, error, isFetching, dataUpdatedAt } = useQuery({
    queryKey: ['trace', orgId, traceId, 'outline'],
    queryFn: ({ signal }) => readOutline({ orgId, traceId }, signal),
    staleTime: Number.POSITIVE_INFINITY,
    gcTime: UNUSED_KEPT_MS,
    // To compare two answers of a hundred thousand spans takes longer than to draw the new one.
    structuralSharing: false,
  });
  const model = useMemo(() => (data === undefined ? undefined : traceModel(data)), [data]);
  return {
    outline: data,
    model,
    error: error === null ? undefined : asApiError(error),
    isLoading: isFetching,
    version: dataUpdatedAt,
    refresh: () => void client.invalidateQueries({ queryKey: ['trace', orgId, traceId] }),
  };
}

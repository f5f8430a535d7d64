import { useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { type ApiError, asApiError } from '../../../lib/api-error.ts';
import { useRested } from '../../../lib/use-rested.ts';
import { findRows, joinedRows } from '../model/find-rows.ts';
import type { TraceModel } from '../model/trace-model.ts';
import { findInTrace, type TraceRef } from '../trace-api.ts';

/** The server is asked once a person has stopped typing. */
const REST_MS = 300;

const NONE: readonly string[] = [];

/** Where a text stands in a trace. */
export interface TraceSearch {
  readonly text: string;
  /** Rows, in order. */
  readonly matches: Int32Array;
  /** How many spans it stands in: more than `matches` where the server names only the first of them. */
  readonly count: number;
  /** The server still looks into attributes and events. */
  readonly isAsking: boolean;
  readonly error: ApiError | undefined;
}

/** Looks for a text: at once in what is here, and in attributes and events on the server. */
export function useTraceSearch(trace: TraceRef, model: TraceModel, text: string): TraceSearch {
  const wanted = text.trim();
  const rested = useRested(wanted, REST_MS);
  const isRested = rested === wanted;
  const { data, error, isFetching } = useQuery({
    queryKey: ['trace', trace.orgId, trace.traceId, 'find', rested],
    queryFn: ({ signal }) => findInTrace(trace, rested, signal),
    enabled: rested !== '',
    staleTime: Number.POSITIVE_INFINITY,
  });
  const here = useMemo(() => findRows(model, wanted), [model, wanted]);
  const answer = isRested && wanted !== '' ? data : undefined;
  const there = answer?.spanIds ?? NONE;
  const matches = useMemo(() => joinedRows(model, here, there), [model, here, there]);
  return {
    text,
    matches,
    count: Math.max(matches.length, answer?.count ?? 0),
    isAsking: wanted !== '' && (!isRested || isFetching),
    error: error === null || !isRested ? undefined : asApiError(error),
  };
}

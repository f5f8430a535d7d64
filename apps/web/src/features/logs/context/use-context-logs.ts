import type { LogContextAnswer } from '@aegisguard/model';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { type ApiError, asApiError } from '../../../lib/api-error.ts';
import { logContext } from '../logs-api.ts';
import type { RowRef } from '../view/logs-view.ts';
import { type Neighbourhood, neighbourLabels } from './neighbours.ts';

const FIRST_ROWS = 25;
const MORE_ROWS = 100;
/** What the route gives at most, on either side. */
const ROWS_MAX = 500;

/** A log with its neighbours, as far as they are loaded. */
export interface ContextResult {
  readonly answer: LogContextAnswer | undefined;
  readonly error: ApiError | undefined;
  readonly isLoading: boolean;
  /** What is shown is of another log or neighbourhood. */
  readonly isStale: boolean;
  /** Loads more of a side; undefined where there is no more, or more than is given. */
  readonly moreBefore: (() => void) | undefined;
  readonly moreAfter: (() => void) | undefined;
  readonly retry: () => void;
}

/** Asks for the neighbours of a log, and for more of them. */
export function useContextLogs(orgId: string, row: RowRef, neighbourhood: Neighbourhood): ContextResult {
  const question = `${row.id} ${neighbourhood}`;
  const [rows, setRows] = useState({ question, before: FIRST_ROWS, after: FIRST_ROWS });
  const { before, after } = rows.question === question ? rows : { before: FIRST_ROWS, after: FIRST_ROWS };
  const result = useQuery({
    queryKey: ['logs', 'context', orgId, row.timestamp, question, before, after],
    queryFn: ({ signal }) => logContext(orgId, row, { before, after, labels: neighbourLabels(neighbourhood) }, signal),
    placeholderData: keepPreviousData,
    gcTime: 60_000,
  });
  const { data: answer, error, isPlaceholderData, isFetching } = result;
  const moreOf = (side: 'before' | 'after', asked: number): (() => void) | undefined => {
    const hasMore = answer !== undefined && answer[side].length >= asked && asked < ROWS_MAX;
    return hasMore && !isPlaceholderData
      ? () => setRows({ question, before, after, [side]: Math.min(ROWS_MAX, asked + MORE_ROWS) })
      : undefined;
  };
  return {
    answer,
    error: error === null ? undefined : asApiError(error),
    isLoading: isFetching,
    isStale: isPlaceholderData && answer?.log.id !== row.id,
    moreBefore: moreOf('before', before),
    moreAfter: moreOf('after', after),
    retry: () => void result.refetch(),
  };
}

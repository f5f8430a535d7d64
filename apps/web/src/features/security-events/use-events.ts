import { EVENT_ROUTES, type SecurityEventTrendAnswer, type SecurityEventView } from '@aegisguard/model';
import { keepPreviousData, type UseQueryResult, useQuery } from '@tanstack/react-query';
import { callRoute } from '../../lib/call-route.ts';
import { askedRange } from '../../lib/time-range.ts';
import { type RowList, useCursorList } from '../../lib/use-cursor-list.ts';
import type { Run } from '../../lib/use-run.ts';
import { askedFilters, type EventFilters } from './events-view.ts';

/** Events of one page of the list. */
export const PAGE_EVENTS = 100;

/** The events of a run, newest first. */
export function useEventList(orgId: string, filters: EventFilters, run: Run): RowList<SecurityEventView> {
  return useCursorList({
    queryKey: ['events', 'list', run.id],
    keepsRows: true,
    readPage: (cursor, signal) =>
      callRoute(EVENT_ROUTES.listEvents, {
        query: {
          ...askedFilters(filters),
          ...askedRange(run.range),
          limit: PAGE_EVENTS,
          ...(cursor === null ? {} : { cursor }),
        },
        orgId,
        signal,
      }),
  });
}

/** How many there are by severity and time, with the most frequent types and actors. */
export function useEventTrend(
  orgId: string,
  filters: EventFilters,
  run: Run,
  steps: number,
): UseQueryResult<SecurityEventTrendAnswer> {
  return useQuery({
    queryKey: ['events', 'trend', run.id, steps],
    queryFn: ({ signal }) =>
      callRoute(EVENT_ROUTES.eventTrend, {
        query: { ...askedFilters(filters), ...askedRange(run.range), steps },
        orgId,
        signal,
      }),
    placeholderData: keepPreviousData,
    gcTime: 60_000,
  });
}

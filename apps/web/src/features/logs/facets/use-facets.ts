import { LOG_ROUTES, type LogFacetsAnswer } from '@aegisguard/model';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { type ApiError, asApiError } from '../../../lib/api-error.ts';
import { callRoute } from '../../../lib/call-route.ts';
import { askedRange } from '../../../lib/time-range.ts';
import type { Run } from '../../../lib/use-run.ts';
import { orderFacets } from './order-facets.ts';

/** A label with its most frequent values. */
export type Facet = LogFacetsAnswer['facets'][number];

/** Values of each label at first, and of one whose more values are wanted. */
const VALUES_FIRST = 10;
const VALUES_MORE = 100;

/** Facets are kept so long when the page is left. */
const UNUSED_KEPT_MS = 60_000;

/** What facets are of. */
export interface FacetQuestion {
  readonly orgId: string;
  readonly query: string;
  readonly run: Run;
}

function askFacets({ orgId, query, run }: FacetQuestion, signal: AbortSignal, labels?: readonly string[]) {
  const body = {
    query: query.trim() === '' ? '{}' : query,
    ...askedRange(run.range),
    ...(labels === undefined ? {} : { labels: [...labels] }),
    limit: labels?.length === 1 ? VALUES_MORE : VALUES_FIRST,
  };
  return callRoute(LOG_ROUTES.logFacets, { body, orgId, signal });
}

/** The facets of the page's query. */
export interface FacetsResult {
  readonly facets: readonly Facet[] | undefined;
  /** Of how many logs the counts are, when only the newest were counted. */
  readonly newest: number | undefined;
  readonly error: ApiError | undefined;
  readonly isLoading: boolean;
  readonly isStale: boolean;
  readonly retry: () => void;
}

/** Asks for the facets of a query: the server's choice of labels, and those that are pinned, which stand first. */
export function useFacets(question: FacetQuestion, pins: readonly string[]): FacetsResult {
  const { run } = question;
  const usual = useQuery({
    queryKey: ['logs', 'facets', run.id],
    queryFn: ({ signal }) => askFacets(question, signal),
    placeholderData: keepPreviousData,
    gcTime: UNUSED_KEPT_MS,
  });
  const pinned = useQuery({
    queryKey: ['logs', 'facets', run.id, 'pinned', pins],
    queryFn: ({ signal }) => askFacets(question, signal, pins),
    enabled: pins.length > 0,
    placeholderData: keepPreviousData,
    gcTime: UNUSED_KEPT_MS,
  });
  const { data } = usual;
  const facets = useMemo(
    () => (data === undefined ? undefined : orderFacets(pins, pinned.data?.facets ?? [], data.facets)),
    [data, pinned.data, pins],
  );
  return {
    facets,
    newest: data?.newest ?? undefined,
    error: usual.error === null ? undefined : asApiError(usual.error),
    isLoading: usual.isFetching || pinned.isFetching,
    isStale: usual.isPlaceholderData,
    retry: () => void usual.refetch(),
  };
}

/** Asks for many values of one label, once they are wanted. */
export function useMoreValues(question: FacetQuestion, label: string, isWanted: boolean): Facet | undefined {
  const { data } = useQuery({
    queryKey: ['logs', 'facets', question.run.id, 'of', label],
    queryFn: ({ signal }) => askFacets(question, signal, [label]),
    enabled: isWanted,
    placeholderData: keepPreviousData,
    gcTime: UNUSED_KEPT_MS,
  });
  return isWanted ? data?.facets.find((facet) => facet.label === label) : undefined;
}

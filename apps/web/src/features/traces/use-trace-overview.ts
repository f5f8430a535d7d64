import type { TraceOverviewAnswer } from '@aegisguard/model';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { type ApiError, asApiError } from '../../lib/api-error.ts';
import type { Run } from '../../lib/use-run.ts';
import { FACET_FIELDS } from './facets/facet-fields.ts';
import { overviewTraces } from './traces-api.ts';

const FACETS = FACET_FIELDS.map(({ field }) => field);

/** What the view's spans look like together. */
export interface TraceOverview {
  readonly answer: TraceOverviewAnswer | undefined;
  readonly error: ApiError | undefined;
  readonly isLoading: boolean;
  /** What is shown answers an earlier question. */
  readonly isStale: boolean;
  readonly retry: () => void;
}

/** Of fields in an address or of an earlier visit those that can be facets: one that cannot would have everything refused. What tells comes after the page. */
async function facetsAmong(fields: readonly string[]): Promise<readonly string[]> {
  return fields.length === 0 ? [] : fields.filter((await import('./facets/custom-facet.ts')).isFacet);
}

/** Asks for it, in about `steps` bars of time; facets only where they are shown. */
export function useTraceOverview(
  orgId: string,
  query: string,
  run: Run,
  {
    steps,
    hasFacets,
    fields,
    enabled,
  }: {
    readonly steps: number;
    readonly hasFacets: boolean;
    /** Fields besides the usual ones. */
    readonly fields: readonly string[];
    readonly enabled: boolean;
  },
): TraceOverview {
  const added = hasFacets ? fields : [];
  const result = useQuery({
    queryKey: ['traces', 'overview', run.id, steps, hasFacets, added],
    queryFn: async ({ signal }) => {
      const facets = hasFacets ? [...(await facetsAmong(added)), ...FACETS] : [];
      return await overviewTraces(orgId, { query, range: run.range }, { steps, facets }, signal);
    },
    enabled,
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

import { useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { type ApiError, asApiError } from '../../../lib/api-error.ts';
import type { Run } from '../../../lib/use-run.ts';
import { cardinality, labelValues, type MetricFacts, metricFacts } from '../metrics-api.ts';
import { type CatalogueMetric, catalogue } from './catalogue.ts';

/** Metrics whose series are counted. */
const COUNTED_MAX = 5000;
const FRESH_MS = 60_000;
const NO_FACTS: ReadonlyMap<string, MetricFacts> = new Map();

/** The organization's metrics in the span that is looked at. */
export function useCatalogue(
  orgId: string,
  run: Pick<Run, 'range'>,
): {
  readonly metrics: readonly CatalogueMetric[] | undefined;
  readonly error: ApiError | undefined;
  readonly retry: () => void;
} {
  const { from, to } = { from: run.range.startMs, to: run.range.endMs };
  const names = useQuery({
    // A span that moves on by seconds has the same metrics.
    queryKey: ['metrics', 'names', orgId, Math.round((to - from) / FRESH_MS), Math.floor(to / (5 * FRESH_MS))],
    queryFn: ({ signal }) => labelValues(orgId, '__name__', undefined, run.range, signal),
    placeholderData: (before) => before,
    staleTime: FRESH_MS,
  });
  const facts = useQuery({
    queryKey: ['metrics', 'facts', orgId],
    queryFn: ({ signal }) => metricFacts(orgId, signal),
    staleTime: FRESH_MS,
  });
  const counts = useQuery({
    queryKey: ['metrics', 'cardinality', orgId, COUNTED_MAX],
    queryFn: ({ signal }) => cardinality(orgId, COUNTED_MAX, signal),
    staleTime: FRESH_MS,
  });
  const metrics = useMemo(
    () =>
      names.data &&
      catalogue(
        names.data,
        facts.data ?? NO_FACTS,
        new Map(counts.data?.seriesCountByMetricName.map(({ name, value }) => [name, value])),
      ),
    [names.data, facts.data, counts.data],
  );
  return {
    metrics,
    error: names.error === null ? undefined : asApiError(names.error),
    retry: () => void names.refetch(),
  };
}

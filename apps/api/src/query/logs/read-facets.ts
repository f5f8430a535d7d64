import { type LogQuery, planSelection } from '@aegisguard/logql';
import type { LogFacetsAnswer, LogOverview, LogReader, OrgId, QueryBounds, UnixNanos } from '@aegisguard/model';
import { countLabels } from './count-labels.ts';
import { newestLogs } from './newest-logs.ts';

/** Logs whose labels are counted where a pipeline must look at each. */
const LOGS_MAX = 2000;

/** What is wanted. */
export interface FacetWish {
  readonly start: UnixNanos;
  readonly end: UnixNanos;
  readonly labels: readonly string[] | undefined;
  readonly limit: number;
}

/** Values of labels among the logs of a query. */
export async function readFacets(
  logs: LogReader & LogOverview,
  orgId: OrgId,
  query: LogQuery,
  { start, end, labels, limit }: FacetWish,
  bounds: QueryBounds,
): Promise<LogFacetsAnswer> {
  const { stages, ...selection } = planSelection(query);
  if (stages.length > 0) {
    const { found, hasMore, stats } = await newestLogs(logs, orgId, query, { start, end, limit: LOGS_MAX }, bounds);
    return { facets: [...countLabels(found, labels, limit)], newest: hasMore ? found.length : null, stats };
  }
  const named = labels === undefined ? {} : { names: labels };
  // One more than asked for tells whether there are more.
  const { facets, stats } = await logs.logFacets(
    orgId,
    { ...selection, start, end, ...named, limit: limit + 1 },
    bounds,
  );
  return {
    facets: facets.map(({ name, values, isEstimate }) => ({
      label: name,
      values: values.slice(0, limit).map(({ value, logs: count }) => ({ value, count })),
      hasMore: values.length > limit,
      isEstimate,
    })),
    newest: null,
    stats,
  };
}

import { createContext, useContext } from 'react';
import { tracesPath } from '../../../app/paths.ts';
import { useOrgId } from '../../../app/use-org-id.ts';
import { DEFAULT_RANGE, type TimeRange } from '../../../lib/time-range.ts';

/** When traces are looked for that have something of a span. */
export const LikeRange = createContext<TimeRange>(DEFAULT_RANGE);

/** Makes addresses of the Traces page: what a TraceQL query finds around the time of the span that is shown. */
export function useTracesLike(): (query: string) => string {
  const orgId = useOrgId();
  const { from, to } = useContext(LikeRange);
  return (query) => `${tracesPath(orgId)}?${new URLSearchParams({ q: query, from, to })}`;
}

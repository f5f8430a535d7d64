import { TRACEQL_ROUTES, type TraceFunnelAnswer } from '@aegisguard/model';
import { type UseQueryResult, useQuery } from '@tanstack/react-query';
import { callRoute } from '../../lib/call-route.ts';
import { askedRange } from '../../lib/time-range.ts';
import type { Run } from '../../lib/use-run.ts';
import { type FunnelStep, saidOfStep } from './funnels-view.ts';

/** An answer, and the steps that it is of. */
export interface AnsweredFunnel {
  readonly answer: TraceFunnelAnswer;
  readonly steps: readonly FunnelStep[];
}

/** How traces go through the steps; what the organization was answered stays while the next answer is on its way. */
export function useFunnel(
  orgId: string,
  steps: readonly FunnelStep[],
  run: Run,
  enabled: boolean,
): UseQueryResult<AnsweredFunnel> {
  return useQuery<AnsweredFunnel>({
    queryKey: ['traces', 'funnel', orgId, run.id],
    queryFn: async ({ signal }) => {
      const body = { steps: steps.map(saidOfStep), ...askedRange(run.range) };
      return { answer: await callRoute(TRACEQL_ROUTES.funnelTraces, { body, orgId, signal }), steps };
    },
    placeholderData: (previous, before) => (before?.queryKey[2] === orgId ? previous : undefined),
    gcTime: 60_000,
    enabled,
  });
}

import { MFA_ROUTES, type MfaStateAnswer } from '@aegisguard/model';
import { queryOptions, type UseQueryResult, useQuery, useQueryClient } from '@tanstack/react-query';
import { meQuery } from '../../app/use-me.ts';
import { callRoute } from '../../lib/call-route.ts';

const mfaQuery = queryOptions({
  queryKey: ['mfa'],
  queryFn: ({ signal }): Promise<MfaStateAnswer> => callRoute(MFA_ROUTES.mfaState, { signal }),
});

/** One's second factors. */
export function useMfaState(): UseQueryResult<MfaStateAnswer> {
  return useQuery(mfaQuery);
}

/** Reads them again after a change, and what follows from them for the session. */
export function useRefreshMfaState(): () => Promise<void> {
  const queryClient = useQueryClient();
  return async () => {
    await Promise.all([queryClient.invalidateQueries(mfaQuery), queryClient.invalidateQueries(meQuery)]);
  };
}

import { AUTH_ROUTES, type MeAnswer } from '@aegisguard/model';
import { queryOptions, type UseQueryResult, useQuery } from '@tanstack/react-query';
import { callRoute } from '../lib/call-route.ts';

/** Who is logged in, and where they belong. */
export const meQuery = queryOptions({
  queryKey: ['me'],
  queryFn: ({ signal }): Promise<MeAnswer> => callRoute(AUTH_ROUTES.me, { signal }),
});

/** Who is logged in, as React state. */
export function useMe(): UseQueryResult<MeAnswer> {
  return useQuery(meQuery);
}

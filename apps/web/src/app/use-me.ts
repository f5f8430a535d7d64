import { MeAnswer } from '@aegisguard/model';
import { queryOptions, type UseQueryResult, useQuery } from '@tanstack/react-query';
import { callApi } from '../lib/api-client.ts';

/** Who is logged in, and where they belong. */
export const meQuery = queryOptions({
  queryKey: ['me'],
  queryFn: ({ signal }): Promise<MeAnswer> => callApi({ method: 'get', path: '/auth/me', signal, answer: MeAnswer }),
});

/** Who is logged in, as React state. */
export function useMe(): UseQueryResult<MeAnswer> {
  return useQuery(meQuery);
}

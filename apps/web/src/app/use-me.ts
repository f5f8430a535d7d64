import { AUTH_ROUTES, type MeAnswer } from '@aegisguard/model';
import { queryOptions, type UseQueryResult, useQuery } from '@tanstack/react-query';
import { callRoute } from '../lib/call-route.ts';
import { restoreSession } from '../lib/refresh-session.ts';
import { openSession, sessionState } from '../lib/session.ts';

async function readMe(signal: AbortSignal): Promise<MeAnswer> {
  if (sessionState().kind === 'unknown') {
    // The answer of a refresh says it, too.
    await restoreSession();
    const me = openSession()?.me;
    if (me !== undefined) {
      return me;
    }
  }
  return callRoute(AUTH_ROUTES.me, { signal });
}

/** Who is logged in, and where they belong. */
export const meQuery = queryOptions({
  queryKey: ['me'],
  queryFn: ({ signal }): Promise<MeAnswer> => readMe(signal),
});

/** Who is logged in, as React state. */
export function useMe(): UseQueryResult<MeAnswer> {
  return useQuery(meQuery);
}

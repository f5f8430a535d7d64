import { QueryCache, QueryClient } from '@tanstack/react-query';
import { ApiError } from '../lib/api-error.ts';
import { openSession, sessionState, subscribeSession } from '../lib/session.ts';
import { meQuery } from './use-me.ts';

/** How often a failed call is tried again by itself: only when no answer came at all. */
const NETWORK_RETRIES = 1;

/** The cache of everything that the server said. It is emptied when the session ends, so that nobody sees what the last person saw. */
export function createQueryClient(): QueryClient {
  const client = new QueryClient({
    queryCache: new QueryCache({
      onError: (error) => {
        // The organization has begun to demand a second factor: who one is says so, and the shell shows it.
        if (error instanceof ApiError && error.code === 'mfa-required') {
          void client.invalidateQueries(meQuery);
        }
      },
    }),
    defaultOptions: {
      queries: {
        staleTime: Number.POSITIVE_INFINITY,
        refetchOnWindowFocus: false,
        refetchOnReconnect: false,
        // Answers are not compared member by member: with 100,000 logs that alone would miss many frames.
        structuralSharing: false,
        networkMode: 'always',
        retry: (failures, error) => failures < NETWORK_RETRIES && error instanceof ApiError && error.code === 'network',
      },
    },
  });
  let userId: string | undefined;
  subscribeSession(() => {
    if (sessionState().kind === 'closed') {
      userId = undefined;
      client.clear();
    }
    const me = openSession()?.me;
    if (me !== undefined) {
      if (userId !== undefined && userId !== me.user.id) {
        void client.resetQueries();
      }
      userId = me.user.id;
      client.setQueryData(meQuery.queryKey, me);
    }
  });
  return client;
}

import { QueryClient } from '@tanstack/react-query';
import { ApiError } from '../lib/api-error.ts';
import { sessionState, subscribeSession } from '../lib/session.ts';

/** How often a failed call is tried again by itself: only when no answer came at all. */
const NETWORK_RETRIES = 1;

/** The cache of everything that the server said. It is emptied when the session ends, so that nobody sees what the last person saw. */
export function createQueryClient(): QueryClient {
  const client = new QueryClient({
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
  subscribeSession(() => {
    if (sessionState().session === null) {
      client.clear();
    }
  });
  return client;
}

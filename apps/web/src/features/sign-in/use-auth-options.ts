import { AUTH_ROUTES, type AuthOptionsAnswer } from '@aegisguard/model';
import { useQuery } from '@tanstack/react-query';
import { callRoute } from '../../lib/call-route.ts';

/** What the server offers to people who are not signed in; undefined until it is known. */
export function useAuthOptions(): AuthOptionsAnswer | undefined {
  return useQuery({
    queryKey: ['auth-options'],
    queryFn: ({ signal }) => callRoute(AUTH_ROUTES.authOptions, { signal }),
  }).data;
}

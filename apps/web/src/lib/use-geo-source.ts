import { type GeoSourceAnswer, PRIVACY_ROUTES } from '@aegisguard/model';
import { useQuery } from '@tanstack/react-query';
import { callRoute } from './call-route.ts';

/** Where the places of addresses come from; asked once a session, undefined until it is known. */
export function useGeoSource(orgId: string): GeoSourceAnswer | undefined {
  return useQuery({
    queryKey: ['privacy', 'geo', orgId],
    queryFn: ({ signal }) => callRoute(PRIVACY_ROUTES.geoSource, { orgId, signal }),
    gcTime: Number.POSITIVE_INFINITY,
  }).data;
}

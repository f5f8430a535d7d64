import { GeoSourceAnswer } from '@aegisguard/model';
import { useQuery } from '@tanstack/react-query';
import { callApi } from './api-client.ts';

/** Where the places of addresses come from; asked once a session, undefined until it is known. */
export function useGeoSource(orgId: string): GeoSourceAnswer | undefined {
  return useQuery({
    queryKey: ['privacy', 'geo', orgId],
    queryFn: ({ signal }) => callApi({ method: 'get', path: '/privacy/geo', orgId, signal, answer: GeoSourceAnswer }),
    gcTime: Number.POSITIVE_INFINITY,
  }).data;
}

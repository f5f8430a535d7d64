import {
  type DependenciesAnswer,
  type OperationsAnswer,
  SERVICE_ROUTES,
  type ServiceMapAnswer,
  type ServicesAnswer,
  type ServiceTimelineAnswer,
} from '@aegisguard/model';
import { keepPreviousData, type UseQueryResult, useQuery } from '@tanstack/react-query';
import { callRoute } from '../../lib/call-route.ts';
import { askedRange } from '../../lib/time-range.ts';
import type { Run } from '../../lib/use-run.ts';
import type { MapView, ServicesView, ServiceView } from './services-view.ts';

/** What was answered stays while it is asked again. */
const KEPT = { placeholderData: keepPreviousData, gcTime: 60_000 } as const;

/** The services that sent spans. */
export function useServices(orgId: string, { search, sort }: ServicesView, run: Run): UseQueryResult<ServicesAnswer> {
  return useQuery({
    ...KEPT,
    queryKey: ['services', 'list', run.id],
    queryFn: ({ signal }) =>
      callRoute(SERVICE_ROUTES.listServices, {
        body: { ...askedRange(run.range), sort, ...(search === undefined ? {} : { search }) },
        orgId,
        signal,
      }),
  });
}

/** One service over time. */
export function useTimeline(
  orgId: string,
  { service, operation, isByVersion }: ServiceView,
  run: Run,
): UseQueryResult<ServiceTimelineAnswer> {
  return useQuery({
    ...KEPT,
    queryKey: ['services', 'timeline', run.id],
    queryFn: ({ signal }) =>
      callRoute(SERVICE_ROUTES.serviceTimeline, {
        body: {
          ...askedRange(run.range),
          service,
          by: isByVersion ? 'version' : 'nothing',
          ...(operation === undefined ? {} : { operation }),
        },
        orgId,
        signal,
      }),
  });
}

/** What a service does. */
export function useOperations(orgId: string, service: string, run: Run): UseQueryResult<OperationsAnswer> {
  return useQuery({
    ...KEPT,
    queryKey: ['services', 'operations', run.id],
    queryFn: ({ signal }) =>
      callRoute(SERVICE_ROUTES.listOperations, { body: { ...askedRange(run.range), service }, orgId, signal }),
  });
}

/** Who calls a service, and whom it calls. */
export function useDependencies(orgId: string, service: string, run: Run): UseQueryResult<DependenciesAnswer> {
  return useQuery({
    ...KEPT,
    queryKey: ['services', 'dependencies', run.id],
    queryFn: ({ signal }) =>
      callRoute(SERVICE_ROUTES.serviceDependencies, { body: { ...askedRange(run.range), service }, orgId, signal }),
  });
}

/** Who calls whom. */
export function useServiceMap(orgId: string, { service, hops }: MapView, run: Run): UseQueryResult<ServiceMapAnswer> {
  return useQuery({
    ...KEPT,
    queryKey: ['services', 'map', run.id],
    queryFn: ({ signal }) =>
      callRoute(SERVICE_ROUTES.serviceMap, {
        body: { ...askedRange(run.range), hops, ...(service === undefined ? {} : { service }) },
        orgId,
        signal,
      }),
  });
}

import {
  type DependenciesAnswer,
  type OperationsAnswer,
  SERVICE_ROUTES,
  type ServiceMapAnswer,
  type ServicesAnswer,
  type ServiceTimelineAnswer,
} from '@aegisguard/model';
import { type UseQueryResult, useQuery } from '@tanstack/react-query';
import { callRoute } from '../../lib/call-route.ts';
import { askedRange } from '../../lib/time-range.ts';
import type { Run } from '../../lib/use-run.ts';
import type { MapView, ServicesView, ServiceView } from './services-view.ts';

const MINUTE_MS = 60_000;

/** What was answered stays while the same is asked again, of another time; never what was said of something else. */
function asked<Answer>(run: Run, subject: readonly unknown[]) {
  const queryKey = ['services', ...subject, run.id];
  return {
    queryKey,
    gcTime: MINUTE_MS,
    placeholderData: (previous: Answer | undefined, before: { readonly queryKey: readonly unknown[] } | undefined) =>
      JSON.stringify(before?.queryKey.slice(0, -1)) === JSON.stringify(queryKey.slice(0, -1)) ? previous : undefined,
  };
}

/** The services that sent spans. */
export function useServices(orgId: string, { search, sort }: ServicesView, run: Run): UseQueryResult<ServicesAnswer> {
  return useQuery({
    ...asked<ServicesAnswer>(run, ['list', orgId]),
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
    ...asked<ServiceTimelineAnswer>(run, ['timeline', orgId, service, operation, isByVersion]),
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
    ...asked<OperationsAnswer>(run, ['operations', orgId, service]),
    queryFn: ({ signal }) =>
      callRoute(SERVICE_ROUTES.listOperations, { body: { ...askedRange(run.range), service }, orgId, signal }),
  });
}

/** Who calls a service, and whom it calls. */
export function useDependencies(orgId: string, service: string, run: Run): UseQueryResult<DependenciesAnswer> {
  return useQuery({
    ...asked<DependenciesAnswer>(run, ['dependencies', orgId, service]),
    queryFn: ({ signal }) =>
      callRoute(SERVICE_ROUTES.serviceDependencies, { body: { ...askedRange(run.range), service }, orgId, signal }),
  });
}

/** Who calls whom. */
export function useServiceMap(orgId: string, { service, hops }: MapView, run: Run): UseQueryResult<ServiceMapAnswer> {
  return useQuery({
    ...asked<ServiceMapAnswer>(run, ['map', orgId]),
    queryFn: ({ signal }) =>
      callRoute(SERVICE_ROUTES.serviceMap, {
        body: { ...askedRange(run.range), hops, ...(service === undefined ? {} : { service }) },
        orgId,
        signal,
      }),
  });
}

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
function useAsked<Answer>(
  run: Run,
  subject: readonly unknown[],
  ask: (signal: AbortSignal) => Promise<Answer>,
): UseQueryResult<Answer> {
  const about = JSON.stringify(subject);
  return useQuery<Answer>({
    queryKey: ['services', about, run.id],
    queryFn: ({ signal }) => ask(signal),
    gcTime: MINUTE_MS,
    placeholderData: (previous, before) => (before?.queryKey[1] === about ? previous : undefined),
  });
}

/** The services that sent spans. */
export function useServices(orgId: string, { search, sort }: ServicesView, run: Run): UseQueryResult<ServicesAnswer> {
  return useAsked(run, ['list', orgId], (signal) =>
    callRoute(SERVICE_ROUTES.listServices, {
      body: { ...askedRange(run.range), sort, ...(search === undefined ? {} : { search }) },
      orgId,
      signal,
    }),
  );
}

/** One service over time. */
export function useTimeline(
  orgId: string,
  { service, operation, isByVersion }: ServiceView,
  run: Run,
): UseQueryResult<ServiceTimelineAnswer> {
  return useAsked(run, ['timeline', orgId, service, operation, isByVersion], (signal) =>
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
  );
}

/** What a service does. */
export function useOperations(orgId: string, service: string, run: Run): UseQueryResult<OperationsAnswer> {
  return useAsked(run, ['operations', orgId, service], (signal) =>
    callRoute(SERVICE_ROUTES.listOperations, { body: { ...askedRange(run.range), service }, orgId, signal }),
  );
}

/** Who calls a service, and whom it calls. */
export function useDependencies(orgId: string, service: string, run: Run): UseQueryResult<DependenciesAnswer> {
  return useAsked(run, ['dependencies', orgId, service], (signal) =>
    callRoute(SERVICE_ROUTES.serviceDependencies, { body: { ...askedRange(run.range), service }, orgId, signal }),
  );
}

/** Who calls whom. */
export function useServiceMap(orgId: string, { service, hops }: MapView, run: Run): UseQueryResult<ServiceMapAnswer> {
  return useAsked(run, ['map', orgId], (signal) =>
    callRoute(SERVICE_ROUTES.serviceMap, {
      body: { ...askedRange(run.range), hops, ...(service === undefined ? {} : { service }) },
      orgId,
      signal,
    }),
  );
}

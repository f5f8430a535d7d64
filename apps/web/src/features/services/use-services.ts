import {
  type DependenciesAnswer,
  type EnvironmentsAnswer,
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
import type { MapView, ServicesView, ServiceView, TimedView } from './services-view.ts';

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

/** What all questions have: a range, and an environment if one is chosen. */
function asked(run: Run, { env }: Pick<TimedView, 'env'>) {
  return { ...askedRange(run.range), ...(env === undefined ? {} : { env }) };
}

/** Where services run. */
export function useEnvironments(orgId: string, run: Run): UseQueryResult<EnvironmentsAnswer> {
  return useAsked(run, ['environments', orgId], (signal) =>
    callRoute(SERVICE_ROUTES.listEnvironments, { body: askedRange(run.range), orgId, signal }),
  );
}

/** The services that sent spans. */
export function useServices(orgId: string, view: ServicesView, run: Run): UseQueryResult<ServicesAnswer> {
  const { search, sort } = view;
  return useAsked(run, ['list', orgId, view.env, search, sort], (signal) =>
    callRoute(SERVICE_ROUTES.listServices, {
      body: { ...asked(run, view), sort, ...(search === undefined ? {} : { search }) },
      orgId,
      signal,
    }),
  );
}

/** One service over time. */
export function useTimeline(orgId: string, view: ServiceView, run: Run): UseQueryResult<ServiceTimelineAnswer> {
  const { service, operation, isByVersion } = view;
  return useAsked(run, ['timeline', orgId, view.env, service, operation, isByVersion], (signal) =>
    callRoute(SERVICE_ROUTES.serviceTimeline, {
      body: {
        ...asked(run, view),
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
export function useOperations(orgId: string, view: ServiceView, run: Run): UseQueryResult<OperationsAnswer> {
  const { service } = view;
  return useAsked(run, ['operations', orgId, view.env, service], (signal) =>
    callRoute(SERVICE_ROUTES.listOperations, { body: { ...asked(run, view), service }, orgId, signal }),
  );
}

/** Who calls a service, and whom it calls. */
export function useDependencies(orgId: string, view: ServiceView, run: Run): UseQueryResult<DependenciesAnswer> {
  const { service } = view;
  return useAsked(run, ['dependencies', orgId, view.env, service], (signal) =>
    callRoute(SERVICE_ROUTES.serviceDependencies, { body: { ...asked(run, view), service }, orgId, signal }),
  );
}

/** Who calls whom. */
export function useServiceMap(orgId: string, view: MapView, run: Run): UseQueryResult<ServiceMapAnswer> {
  const { service, hops } = view;
  return useAsked(run, ['map', orgId, view.env, service, hops], (signal) =>
    callRoute(SERVICE_ROUTES.serviceMap, {
      body: { ...asked(run, view), hops, ...(service === undefined ? {} : { service }) },
      orgId,
      signal,
    }),
  );
}

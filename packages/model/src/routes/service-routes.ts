import {
  DependenciesAnswer,
  DependenciesRequest,
  EnvironmentsAnswer,
  EnvironmentsRequest,
  OperationsAnswer,
  OperationsRequest,
  ServiceMapAnswer,
  ServiceMapRequest,
  ServicesAnswer,
  ServicesRequest,
  ServiceTimelineAnswer,
  ServiceTimelineRequest,
} from '../api-services.ts';
import { defineRoute } from './route.ts';

const READING = {
  method: 'POST',
  tag: 'Services',
  access: { kind: 'permission', permission: 'traces:read' },
  effect: 'read',
  status: 200,
  problems: ['rate-limited', 'query-too-large', 'query-timeout'],
} as const;

/** Services as their spans show them: rate, errors, durations, and who calls whom. */
export const SERVICE_ROUTES = {
  listServices: defineRoute({
    ...READING,
    id: 'listServices',
    path: '/query/services',
    summary: 'Services with their rate, errors and durations',
    body: ServicesRequest,
    answer: ServicesAnswer,
  }),
  listEnvironments: defineRoute({
    ...READING,
    id: 'listEnvironments',
    path: '/query/services/environments',
    summary: 'Environments that services run in',
    body: EnvironmentsRequest,
    answer: EnvironmentsAnswer,
  }),
  listOperations: defineRoute({
    ...READING,
    id: 'listOperations',
    path: '/query/services/operations',
    summary: 'What a service does, by the names of its spans',
    body: OperationsRequest,
    answer: OperationsAnswer,
  }),
  serviceTimeline: defineRoute({
    ...READING,
    id: 'serviceTimeline',
    path: '/query/services/timeline',
    summary: 'A service or an operation over time, and its deployments',
    body: ServiceTimelineRequest,
    answer: ServiceTimelineAnswer,
  }),
  serviceMap: defineRoute({
    ...READING,
    id: 'serviceMap',
    path: '/query/services/map',
    summary: 'Who calls whom, databases, queues and external services included',
    body: ServiceMapRequest,
    answer: ServiceMapAnswer,
  }),
  serviceDependencies: defineRoute({
    ...READING,
    id: 'serviceDependencies',
    path: '/query/services/dependencies',
    summary: 'Who calls a service, and whom it calls',
    body: DependenciesRequest,
    answer: DependenciesAnswer,
  }),
} as const;

import { z } from 'zod';
import { MetricAnswer, MetricQueryRequest } from '../api-metrics.ts';
import { RumSessionAnswer, RumSessionsAnswer, RumSessionsRequest } from '../api-rum.ts';
import { defineRoute } from './route.ts';

const tag = 'Queries';
const METRICS = { kind: 'permission', permission: 'metrics:read' } as const;
const RUM = { kind: 'permission', permission: 'rum:read' } as const;
const QUERY_PROBLEMS = ['rate-limited', 'query-too-large', 'query-timeout'] as const;
const LANGUAGE_PROBLEMS = ['invalid-query', 'query-not-runnable', ...QUERY_PROBLEMS] as const;

/** Reading telemetry. A query ends when its client goes. */
export const QUERY_ROUTES = {
  queryMetrics: defineRoute({
    id: 'queryMetrics',
    method: 'POST',
    path: '/query/metrics',
    tag,
    summary: 'PromQL: at one time, or over a range',
    description: 'With `time` an instant query, with `start`, `end` and `step` one over a range.',
    access: METRICS,
    effect: 'read',
    body: MetricQueryRequest,
    answer: MetricAnswer,
    status: 200,
    problems: LANGUAGE_PROBLEMS,
  }),
  listRumSessions: defineRoute({
    id: 'listRumSessions',
    method: 'POST',
    path: '/query/rum/sessions',
    tag,
    summary: 'Sessions of real users, newest first',
    access: RUM,
    effect: 'read',
    body: RumSessionsRequest,
    answer: RumSessionsAnswer,
    status: 200,
    problems: QUERY_PROBLEMS,
  }),
  readRumSession: defineRoute({
    id: 'readRumSession',
    method: 'GET',
    path: '/query/rum/sessions/:id',
    tag,
    summary: "A session's events, in order of time",
    access: RUM,
    effect: 'read',
    params: z.strictObject({ id: z.string().max(4096) }),
    answer: RumSessionAnswer,
    status: 200,
    problems: ['not-found', ...QUERY_PROBLEMS],
  }),
} as const;

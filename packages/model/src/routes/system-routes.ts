import { HealthAnswer, ReadinessAnswer } from '../api-health.ts';
import { JsonObjectView } from '../api-json.ts';
import { defineRoute } from './route.ts';

const tag = 'This installation';
const PUBLIC = { kind: 'public' } as const;

/** The server itself. */
export const SYSTEM_ROUTES = {
  health: defineRoute({
    id: 'health',
    method: 'GET',
    path: '/health',
    tag,
    summary: 'The process lives',
    access: PUBLIC,
    effect: 'read',
    answer: HealthAnswer,
    status: 200,
  }),
  readiness: defineRoute({
    id: 'readiness',
    method: 'GET',
    path: '/health/ready',
    tag,
    summary: 'Whether it can work, with the state of each dependency',
    access: PUBLIC,
    effect: 'read',
    answer: ReadinessAnswer,
    status: 200,
    otherAnswers: { 503: { description: 'It cannot work for now', answer: ReadinessAnswer } },
  }),
  selfMetrics: defineRoute({
    id: 'selfMetrics',
    method: 'GET',
    path: '/metrics',
    tag,
    summary: "The server's own metrics, as Prometheus text",
    description: 'For loopback; for others with `AEGIS_METRICS_TOKEN` as bearer token.',
    access: PUBLIC,
    effect: 'read',
    answer: 'text/plain',
    status: 200,
    problems: ['forbidden'],
  }),
  openApi: defineRoute({
    id: 'openApi',
    method: 'GET',
    path: '/openapi.json',
    tag,
    summary: 'This document',
    access: PUBLIC,
    effect: 'read',
    answer: JsonObjectView,
    status: 200,
  }),
  docs: defineRoute({
    id: 'docs',
    method: 'GET',
    path: '/docs',
    tag,
    summary: 'This document, to be read and tried out (Swagger UI)',
    access: PUBLIC,
    effect: 'read',
    answer: 'text/html',
    status: 200,
  }),
} as const;

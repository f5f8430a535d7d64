import { AUDIT_ROUTES } from './audit-routes.ts';
import { AUTH_ROUTES } from './auth-routes.ts';
import { DASHBOARD_ROUTES } from './dashboard-routes.ts';
import { EVENT_ROUTES } from './event-routes.ts';
import { INGEST_ROUTES } from './ingest-routes.ts';
import { INTAKE_ROUTES } from './intake-routes.ts';
import { KEY_ROUTES } from './key-routes.ts';
import { LOG_PIPELINE_ROUTES } from './log-pipeline-routes.ts';
import { LOG_ROUTES } from './log-routes.ts';
import { LOKI_ROUTES } from './loki-routes.ts';
import { MFA_ROUTES } from './mfa-routes.ts';
import { ORGANIZATION_ROUTES } from './organization-routes.ts';
import { PEOPLE_ROUTES } from './people-routes.ts';
import { PRIVACY_ROUTES } from './privacy-routes.ts';
import { PROMETHEUS_ROUTES } from './prometheus-routes.ts';
import { QUERY_ROUTES } from './query-routes.ts';
import type { Route } from './route.ts';
import { RULE_ROUTES } from './rule-routes.ts';
import { SAMPLING_ROUTES } from './sampling-routes.ts';
import { SSO_ROUTES } from './sso-routes.ts';
import { SYSTEM_ROUTES } from './system-routes.ts';
import { TRACE_ROUTES, TRACE_VIEW_ROUTES, TRACEQL_ROUTES } from './trace-routes.ts';
import { VIEW_ROUTES } from './view-routes.ts';

/** Every route of the HTTP API by its id: `ROUTES.login`. The browser imports the area that it calls instead, and so none of the others' schemas. */
export const ROUTES = {
  ...INGEST_ROUTES,
  ...QUERY_ROUTES,
  ...TRACE_ROUTES,
  ...TRACE_VIEW_ROUTES,
  ...TRACEQL_ROUTES,
  ...PROMETHEUS_ROUTES,
  ...LOG_ROUTES,
  ...LOKI_ROUTES,
  ...INTAKE_ROUTES,
  ...PRIVACY_ROUTES,
  ...LOG_PIPELINE_ROUTES,
  ...SAMPLING_ROUTES,
  ...AUTH_ROUTES,
  ...MFA_ROUTES,
  ...SSO_ROUTES,
  ...ORGANIZATION_ROUTES,
  ...PEOPLE_ROUTES,
  ...KEY_ROUTES,
  ...AUDIT_ROUTES,
  ...EVENT_ROUTES,
  ...DASHBOARD_ROUTES,
  ...RULE_ROUTES,
  ...VIEW_ROUTES,
  ...SYSTEM_ROUTES,
} as const;

/** The same as a list. */
export const ALL_ROUTES: readonly Route[] = Object.values(ROUTES);

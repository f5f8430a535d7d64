import { INTAKE_ROUTES, type IngestCountsAnswer, type IngestEndpointsAnswer } from '@aegisguard/model';
import { callRoute } from './call-route.ts';
import { askedRange, type ResolvedRange } from './time-range.ts';

/** What came in and what was refused in a span of time. */
export function ingestCounts(orgId: string, range: ResolvedRange, signal: AbortSignal): Promise<IngestCountsAnswer> {
  return callRoute(INTAKE_ROUTES.ingestCounts, { query: askedRange(range), orgId, signal });
}

/** Where this installation takes telemetry. */
export function ingestEndpoints(orgId: string, signal: AbortSignal): Promise<IngestEndpointsAnswer> {
  return callRoute(INTAKE_ROUTES.ingestEndpoints, { orgId, signal });
}

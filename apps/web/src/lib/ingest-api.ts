import { IngestCountsAnswer, IngestEndpointsAnswer } from '@aegisguard/model';
import { callApi } from './api-client.ts';
import type { ResolvedRange } from './time-range.ts';

/** What came in and what was refused in a span of time. */
export function ingestCounts(
  orgId: string,
  { startMs, endMs }: ResolvedRange,
  signal: AbortSignal,
): Promise<IngestCountsAnswer> {
  const search = new URLSearchParams({ start: new Date(startMs).toISOString(), end: new Date(endMs).toISOString() });
  return callApi({ method: 'get', path: `/ingest/counts?${search}`, orgId, signal, answer: IngestCountsAnswer });
}

/** Where this installation takes telemetry. */
export function ingestEndpoints(orgId: string, signal: AbortSignal): Promise<IngestEndpointsAnswer> {
  return callApi({ method: 'get', path: '/ingest/endpoints', orgId, signal, answer: IngestEndpointsAnswer });
}

import { AUDIT_ROUTES, EVENT_ROUTES, INTAKE_ROUTES, PEOPLE_ROUTES, PRIVACY_ROUTES } from '@aegisguard/model';
import { queryOptions } from '@tanstack/react-query';
import { callRoute } from '../../lib/call-route.ts';
import { ingestCounts } from '../../lib/ingest-api.ts';
import { serverNow } from '../../lib/server-clock.ts';
import { askedRange } from '../../lib/time-range.ts';

const HOUR_MS = 3_600_000;
/** What moves by the second is asked again while the page is looked at. */
const REFRESH_MS = 15_000;
/** What moves by the hour. */
const SLOW_REFRESH_MS = 60_000;
const LIST_MAX = 200;

const MOVING = { staleTime: 0, gcTime: 60_000, refetchInterval: REFRESH_MS } as const;
const SLOW = { ...MOVING, refetchInterval: SLOW_REFRESH_MS } as const;

/** The beginning of the day where the person is, Unix ms. */
export function dayStartMs(nowMs: number): number {
  return new Date(nowMs).setHours(0, 0, 0, 0);
}

/** What came in and what was refused during the last hour. */
export const hourQuery = (orgId: string) =>
  queryOptions({
    ...MOVING,
    queryKey: ['home', 'hour', orgId],
    queryFn: ({ signal }) => {
      const endMs = serverNow();
      return ingestCounts(orgId, { startMs: endMs - HOUR_MS, endMs }, signal);
    },
  });

/** Batches that were given up on. */
export const deadLettersQuery = (orgId: string) =>
  queryOptions({
    ...MOVING,
    queryKey: ['home', 'dead-letters', orgId],
    queryFn: ({ signal }) => callRoute(INTAKE_ROUTES.listDeadLetters, { query: { limit: 100 }, orgId, signal }),
  });

/** What was found in telemetry since the day began. */
export const findingsQuery = (orgId: string) =>
  queryOptions({
    ...SLOW,
    queryKey: ['home', 'findings', orgId],
    queryFn: ({ signal }) => {
      const endMs = serverNow();
      // At midnight there would be no span at all.
      const startMs = Math.min(dayStartMs(endMs), endMs - 1000);
      return callRoute(PRIVACY_ROUTES.privacyFindings, { query: askedRange({ startMs, endMs }), orgId, signal });
    },
  });

/** Security events of the last 24 hours. */
export const securityQuery = (orgId: string) =>
  queryOptions({
    ...SLOW,
    queryKey: ['home', 'security', orgId],
    queryFn: ({ signal }) => callRoute(EVENT_ROUTES.eventTrend, { query: { steps: 48 }, orgId, signal }),
  });

/** What was sent since the month began (UTC, as usage is counted). */
export const usageQuery = (orgId: string) =>
  queryOptions({
    ...SLOW,
    queryKey: ['home', 'usage', orgId],
    queryFn: ({ signal }) => {
      const today = new Date(serverNow()).toISOString().slice(0, 10);
      return callRoute(INTAKE_ROUTES.readUsage, {
        query: { from: `${today.slice(0, 7)}-01`, to: today },
        orgId,
        signal,
      });
    },
  });

/** The latest changes. */
export const auditQuery = (orgId: string) =>
  queryOptions({
    ...SLOW,
    queryKey: ['home', 'audit', orgId],
    queryFn: ({ signal }) => callRoute(AUDIT_ROUTES.listAudit, { query: { limit: 6 }, orgId, signal }),
  });

/** Changes of settings, as far as one page goes: whether retention was ever set is written nowhere else. */
export const settingsChangesQuery = (orgId: string) =>
  queryOptions({
    ...SLOW,
    queryKey: ['home', 'settings-changes', orgId],
    queryFn: ({ signal }) =>
      callRoute(AUDIT_ROUTES.listAudit, { query: { action: 'organization.update', limit: LIST_MAX }, orgId, signal }),
  });

/** Whether an invitation waits. */
export const waitingQuery = (orgId: string) =>
  queryOptions({
    staleTime: 0,
    queryKey: ['invitations', orgId, 'any'],
    queryFn: ({ signal }) => callRoute(PEOPLE_ROUTES.listInvitations, { query: { limit: 1 }, orgId, signal }),
  });

import {
  DASHBOARD_ROUTES,
  type Dashboard,
  DashboardContent,
  type DashboardSummary,
  type DashboardUpdate,
} from '@aegisguard/model';
import { queryOptions } from '@tanstack/react-query';
import { callRoute } from '../../lib/call-route.ts';
import { type RowList, useCursorList } from '../../lib/use-cursor-list.ts';

const PAGE_DASHBOARDS = 100;

/** Begins the keys of every query about the organization's dashboards. */
export function dashboardsKey(orgId: string, ...parts: readonly string[]): readonly string[] {
  return ['dashboards', orgId, ...parts];
}

/** The organization's dashboards by title: those that have a text in title or tags, and a tag. */
export function useDashboards(
  orgId: string,
  { q, tag }: { readonly q: string | undefined; readonly tag: string | undefined },
): RowList<DashboardSummary> {
  return useCursorList({
    queryKey: dashboardsKey(orgId, 'list', q ?? '', tag ?? ''),
    keepsRows: true,
    readPage: (cursor, signal) =>
      callRoute(DASHBOARD_ROUTES.listDashboards, {
        query: {
          limit: PAGE_DASHBOARDS,
          ...(q === undefined ? {} : { q }),
          ...(tag === undefined ? {} : { tag }),
          ...(cursor === null ? {} : { cursor }),
        },
        orgId,
        signal,
      }),
  });
}

/** One dashboard, whole. */
export function dashboardQuery(orgId: string, id: string) {
  return queryOptions({
    queryKey: dashboardsKey(orgId, 'one', id),
    queryFn: ({ signal }) => callRoute(DASHBOARD_ROUTES.readDashboard, { params: { id }, orgId, signal }),
  });
}

/** What a person can change of a dashboard, without what the server keeps of it. */
export function contentOf(dashboard: Dashboard): DashboardContent {
  return DashboardContent.parse(dashboard);
}

/** Makes a dashboard. */
export function createDashboard(orgId: string, body: DashboardContent): Promise<Dashboard> {
  return callRoute(DASHBOARD_ROUTES.createDashboard, { body, orgId });
}

/** Saves a dashboard as a new version after `version`; fails with `conflict` when there is a later one. */
export function saveDashboard(orgId: string, id: string, body: DashboardUpdate): Promise<Dashboard> {
  return callRoute(DASHBOARD_ROUTES.updateDashboard, { params: { id }, body, orgId });
}

/** Makes another dashboard like it. */
export async function duplicateDashboard(orgId: string, id: string): Promise<Dashboard> {
  const content = contentOf(await callRoute(DASHBOARD_ROUTES.readDashboard, { params: { id }, orgId }));
  return createDashboard(orgId, { ...content, title: `${content.title} (copy)`.slice(0, 200) });
}

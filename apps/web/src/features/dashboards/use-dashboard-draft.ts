import type { Dashboard, DashboardContent } from '@aegisguard/model';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useCallback } from 'react';
import { contentOf, dashboardsKey } from './dashboards-api.ts';

/** Changes that are not saved, and the state of the dashboard that they are changes of. */
export interface DashboardDraft {
  readonly content: DashboardContent;
  readonly base: Dashboard;
}

/** How the draft is worked with. */
export interface DraftControl {
  /** Undefined while the dashboard is only looked at. */
  readonly draft: DashboardDraft | undefined;
  readonly isDirty: boolean;
  readonly start: (dashboard: Dashboard) => void;
  readonly change: (edit: (content: DashboardContent) => DashboardContent) => void;
  readonly end: () => void;
}

/** What is not saved stays until the tab is closed or the session ends, whatever other page is looked at meanwhile. */
export function useDashboardDraft(orgId: string, id: string): DraftControl {
  const client = useQueryClient();
  const { data } = useQuery<DashboardDraft | null>({
    queryKey: dashboardsKey(orgId, 'draft', id),
    queryFn: () => null,
    initialData: null,
    enabled: false,
    gcTime: Number.POSITIVE_INFINITY,
  });
  const set = useCallback(
    (next: (before: DashboardDraft | null | undefined) => DashboardDraft | null) =>
      void client.setQueryData<DashboardDraft | null>(dashboardsKey(orgId, 'draft', id), next),
    [client, orgId, id],
  );
  return {
    draft: data ?? undefined,
    isDirty: data !== null && JSON.stringify(data.content) !== JSON.stringify(contentOf(data.base)),
    start: useCallback((dashboard) => set(() => ({ content: contentOf(dashboard), base: dashboard })), [set]),
    change: useCallback(
      (edit) =>
        set((before) =>
          before === null || before === undefined ? null : { ...before, content: edit(before.content) },
        ),
      [set],
    ),
    end: useCallback(() => set(() => null), [set]),
  };
}

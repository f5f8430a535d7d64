import { DASHBOARD_ROUTES, type Dashboard, type DashboardVersion } from '@aegisguard/model';
import { useMutation, useQuery } from '@tanstack/react-query';
import { type ReactNode, useState } from 'react';
import { asApiError } from '../../../lib/api-error.ts';
import { callRoute } from '../../../lib/call-route.ts';
import { useCursorList } from '../../../lib/use-cursor-list.ts';
import { Badge } from '../../../ui/badge.tsx';
import { Button } from '../../../ui/button.tsx';
import { Dialog } from '../../../ui/dialog.tsx';
import { ErrorState } from '../../../ui/error-state.tsx';
import { Notice } from '../../../ui/notice.tsx';
import { RelativeTime } from '../../../ui/relative-time.tsx';
import { Skeleton } from '../../../ui/skeleton.tsx';
import { dashboardsKey } from '../dashboards-api.ts';
import { changeWords } from './change-words.ts';

/** What an earlier state lacks or has, seen from the present. */
function Difference({
  orgId,
  dashboard,
  version,
}: {
  readonly orgId: string;
  readonly dashboard: Dashboard;
  readonly version: number;
}): ReactNode {
  const { data, error } = useQuery({
    queryKey: dashboardsKey(orgId, 'version', dashboard.id, String(version)),
    queryFn: ({ signal }) =>
      callRoute(DASHBOARD_ROUTES.readDashboardVersion, { params: { id: dashboard.id, version }, orgId, signal }),
  });
  if (error !== null) {
    return <p className="text-danger text-xs">{asApiError(error).title}</p>;
  }
  return (
    <p className="text-muted text-xs">
      {data === undefined ? 'Comparing…' : `If it is restored: ${changeWords(dashboard, data)}`}
    </p>
  );
}

function VersionLine({
  orgId,
  dashboard,
  version,
  isOpen,
  isRestoring,
  onOpen,
  onRestore,
}: {
  readonly orgId: string;
  readonly dashboard: Dashboard;
  readonly version: DashboardVersion;
  readonly isOpen: boolean;
  readonly isRestoring: boolean;
  readonly onOpen: () => void;
  readonly onRestore: () => void;
}): ReactNode {
  const isCurrent = version.version === dashboard.version;
  return (
    <li className="flex flex-wrap items-start gap-x-3 gap-y-1 border-line border-b px-3 py-2 last:border-b-0">
      <span className="w-9 shrink-0 font-medium tabular-nums">v{version.version}</span>
      <div className="min-w-0 flex-1 basis-56">
        <p className="break-words">{version.message === '' ? version.title : version.message}</p>
        <p className="text-subtle text-xs">
          <RelativeTime time={version.savedAt} /> by {version.savedByName ?? 'somebody who is gone'},{' '}
          {version.panelCount} {version.panelCount === 1 ? 'panel' : 'panels'}
        </p>
        {isOpen && !isCurrent ? <Difference orgId={orgId} dashboard={dashboard} version={version.version} /> : null}
      </div>
      {isCurrent ? (
        <Badge tone="accent">Now</Badge>
      ) : isOpen ? (
        <Button size="sm" variant="primary" disabled={isRestoring} onClick={onRestore}>
          Restore version {version.version}
        </Button>
      ) : (
        <Button size="sm" aria-label={`Compare version ${version.version}`} onClick={onOpen}>
          Compare
        </Button>
      )}
    </li>
  );
}

/** What a dashboard was, and the way back to it. */
export function VersionsDialog({
  orgId,
  dashboard,
  onRestored,
  onClose,
}: {
  readonly orgId: string;
  readonly dashboard: Dashboard;
  readonly onRestored: (restored: Dashboard) => void;
  readonly onClose: () => void;
}): ReactNode {
  const { id } = dashboard;
  const [open, setOpen] = useState<number>();
  const list = useCursorList({
    queryKey: dashboardsKey(orgId, 'versions', id),
    readPage: (cursor, signal) =>
      callRoute(DASHBOARD_ROUTES.listDashboardVersions, {
        params: { id },
        query: { limit: 50, ...(cursor === null ? {} : { cursor }) },
        orgId,
        signal,
      }),
  });
  const restoring = useMutation({
    mutationFn: (version: number) =>
      callRoute(DASHBOARD_ROUTES.restoreDashboardVersion, { params: { id, version }, orgId }),
    onSuccess: onRestored,
  });
  const error = restoring.error === null ? undefined : asApiError(restoring.error);
  return (
    <Dialog
      size="wide"
      title={`Versions of “${dashboard.title}”`}
      description="Restoring one makes a new version of it; nothing is lost."
      onClose={onClose}
    >
      {error === undefined ? null : (
        <Notice kind="error">
          {error.title}. {error.detail}
        </Notice>
      )}
      {list.rows === undefined ? (
        list.error === undefined ? (
          <Skeleton className="h-40 w-full" />
        ) : (
          <ErrorState error={list.error} onRetry={list.retry} />
        )
      ) : (
        <ul className="scrollbar-slim max-h-[60dvh] overflow-y-auto rounded-md border border-line">
          {list.rows.map((version) => (
            <VersionLine
              key={version.version}
              orgId={orgId}
              dashboard={dashboard}
              version={version}
              isOpen={open === version.version}
              isRestoring={restoring.isPending}
              onOpen={() => setOpen(version.version)}
              onRestore={() => restoring.mutate(version.version)}
            />
          ))}
        </ul>
      )}
      {list.more === undefined ? null : (
        <Button className="self-center" disabled={list.isLoadingMore} onClick={list.more}>
          Load more
        </Button>
      )}
    </Dialog>
  );
}

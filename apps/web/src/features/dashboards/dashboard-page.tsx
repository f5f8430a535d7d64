import type { Dashboard, DashboardContent } from '@aegisguard/model';
import { useQuery } from '@tanstack/react-query';
import { lazy, type ReactNode, Suspense, useMemo } from 'react';
import { Link, useParams } from 'react-router';
import { PageHeader } from '../../app/page-header.tsx';
import { dashboardsPath } from '../../app/paths.ts';
import { useOrgId } from '../../app/use-org-id.ts';
import { asApiError } from '../../lib/api-error.ts';
import { absoluteRange } from '../../lib/time-range.ts';
import { type ChangeView, useAddressView } from '../../lib/use-address-view.ts';
import { useHotkeys } from '../../lib/use-hotkeys.ts';
import { type Run, useRun } from '../../lib/use-run.ts';
import { Button } from '../../ui/button.tsx';
import { ErrorState } from '../../ui/error-state.tsx';
import { LeaveGuard } from '../../ui/leave-guard.tsx';
import { RefreshControl } from '../../ui/refresh-control.tsx';
import { Skeleton } from '../../ui/skeleton.tsx';
import { TimePicker } from '../../ui/time-picker.tsx';
import { DashboardActions } from './dashboard-actions.tsx';
import { DashboardPanels } from './dashboard-panels.tsx';
import { type DashboardView, offeredRefresh, parseDashboardView, printDashboardView } from './dashboard-view.ts';
import { dashboardQuery } from './dashboards-api.ts';
import type { DashboardLook } from './panels/dashboard-look.ts';
import { useAnnotations } from './use-annotations.ts';
import { type DraftControl, useDashboardDraft } from './use-dashboard-draft.ts';
import { useVariables } from './variables/use-variables.ts';
import { VariablesBar } from './variables/variables-bar.tsx';

// A dashboard goes to the wall by a choice of its menu.
const KioskFrame = lazy(async () => ({ default: (await import('./kiosk-frame.tsx')).KioskFrame }));

/** The time that is looked at, and how often it is looked again: as the address says, else as the dashboard does. */
function useTimes(orgId: string, content: DashboardContent, view: DashboardView) {
  const { from, to } = content;
  const range = useMemo(() => view.range ?? { from, to }, [view.range, from, to]);
  const refresh = view.refresh ?? offeredRefresh(content.refreshSeconds);
  const run = useRun(
    useMemo(() => ({ query: '', range, refresh }), [range, refresh]),
    orgId,
    false,
  );
  return { range, refresh, run };
}

function Header({
  content,
  times: { range, refresh, run },
  change,
  children,
}: {
  readonly content: DashboardContent;
  readonly times: ReturnType<typeof useTimes>;
  readonly change: ChangeView<DashboardView>;
  readonly children: ReactNode;
}): ReactNode {
  return (
    <PageHeader
      title={content.title}
      within={
        <Link to=".." relative="path">
          Dashboards
        </Link>
      }
    >
      <TimePicker range={range} resolved={run.range} onChange={(chosen) => change({ range: chosen })} />
      <RefreshControl
        seconds={refresh}
        isPaused={false}
        onRefresh={run.refresh}
        onChange={(seconds) => change({ refresh: seconds }, true)}
      />
      {children}
    </PageHeader>
  );
}

function useLook(
  orgId: string,
  content: DashboardContent,
  view: DashboardView,
  change: ChangeView<DashboardView>,
  run: Run,
) {
  const { resolved, scope } = useVariables(orgId, content.variables, view.variables, run);
  const annotations = useAnnotations(orgId, content.annotations, scope, run);
  const look = useMemo(
    (): DashboardLook => ({
      orgId,
      range: run.range,
      variables: scope,
      annotations,
      onZoom: (startMs, endMs) => change({ range: absoluteRange(startMs, endMs) }),
    }),
    [orgId, run.range, scope, annotations, change],
  );
  return { look, resolved };
}

function OpenDashboard({
  orgId,
  dashboard,
  control,
}: {
  readonly orgId: string;
  readonly dashboard: Dashboard;
  readonly control: DraftControl;
}): ReactNode {
  const { view, now, change } = useAddressView(parseDashboardView, printDashboardView);
  const content = control.draft?.content ?? dashboard;
  const times = useTimes(orgId, content, view);
  const { look, resolved } = useLook(orgId, content, view, change, times.run);
  useHotkeys({ r: times.run.refresh });
  const panels = (
    <div className="scrollbar-slim min-h-0 flex-1 overflow-y-auto">
      <div className="flex flex-col gap-3 p-3">
        <VariablesBar
          resolved={resolved}
          onChange={(name, values) => change({ variables: new Map([...now().variables, [name, values]]) })}
        />
        <DashboardPanels
          content={content}
          look={look}
          resolved={resolved}
          control={control}
          dashboard={dashboard}
          shown={view.panel}
          onShow={(panel) => change({ panel })}
        />
      </div>
    </div>
  );
  if (view.isKiosk) {
    return (
      <Suspense fallback={null}>
        <KioskFrame title={content.title} onLeave={() => change({ isKiosk: false }, true)}>
          {panels}
        </KioskFrame>
      </Suspense>
    );
  }
  return (
    <>
      <Header content={content} times={times} change={change}>
        <DashboardActions
          orgId={orgId}
          dashboard={dashboard}
          control={control}
          look={look}
          range={times.range}
          onKiosk={() => change({ isKiosk: true }, true)}
        />
      </Header>
      {panels}
      {control.isDirty ? (
        <LeaveGuard title={`“${content.title}” is not saved`} onDiscard={control.end}>
          Your changes would be gone; others see the dashboard as it was.
        </LeaveGuard>
      ) : null}
    </>
  );
}

function PageSkeleton(): ReactNode {
  return (
    <div className="grid gap-2 p-3 md:grid-cols-2">
      <Skeleton className="h-72" />
      <Skeleton className="h-72" />
      <Skeleton className="h-72" />
      <Skeleton className="h-72" />
    </div>
  );
}

/** One dashboard. */
export function DashboardPage(): ReactNode {
  const orgId = useOrgId();
  const { id = '' } = useParams();
  const { data, error, refetch } = useQuery({ ...dashboardQuery(orgId, id), staleTime: 0 });
  const control = useDashboardDraft(orgId, id);
  if (data !== undefined) {
    return <OpenDashboard key={id} orgId={orgId} dashboard={data} control={control} />;
  }
  return (
    <>
      <PageHeader title="Dashboard" />
      {error === null ? (
        <PageSkeleton />
      ) : (
        <ErrorState error={asApiError(error)} onRetry={() => void refetch()}>
          <Button asChild>
            <Link to={dashboardsPath(orgId)}>All dashboards</Link>
          </Button>
        </ErrorState>
      )}
    </>
  );
}

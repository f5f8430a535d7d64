import { useCallback, useMemo } from 'react';
import { useSearchParams } from 'react-router';
import { type DashboardView, parseDashboardView, printDashboardView } from './dashboard-view.ts';

/** Changes the view; a step of the history unless `replace`. */
export type ChangeView = (change: Partial<DashboardView>, replace?: boolean) => void;

/** How the dashboard is looked at, as the address says, and the way to change that. */
export function useDashboardView(): readonly [DashboardView, ChangeView] {
  const [parameters, setParameters] = useSearchParams();
  const view = useMemo(() => parseDashboardView(parameters), [parameters]);
  const change = useCallback<ChangeView>(
    (part, replace = false) =>
      setParameters((now) => printDashboardView({ ...parseDashboardView(now), ...part }), { replace }),
    [setParameters],
  );
  return [view, change];
}

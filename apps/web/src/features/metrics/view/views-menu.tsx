import { lazy, type ReactNode, Suspense, useCallback } from 'react';
import { type MetricsView, parseMetricsView, printMetricsView } from './metrics-view.ts';

const SavedViewsMenu = lazy(async () => ({
  default: (await import('../../saved-views/saved-views-menu.tsx')).SavedViewsMenu,
}));

/** The saved views of the Metrics page. */
export function MetricViewsMenu({
  orgId,
  view,
  onGo,
}: {
  readonly orgId: string;
  readonly view: MetricsView;
  readonly onGo: (view: MetricsView) => void;
}): ReactNode {
  const onOpen = useCallback((state: string) => onGo(parseMetricsView(new URLSearchParams(state))), [onGo]);
  return (
    <Suspense fallback={null}>
      <SavedViewsMenu orgId={orgId} page="metrics" state={printMetricsView(view).toString()} onOpen={onOpen} />
    </Suspense>
  );
}

import { lazy, type ReactNode, Suspense, useCallback } from 'react';
import { parseTracesView, printTracesView, type TracesView } from '../view/traces-view.ts';

// Traces can be looked at without them, so their code comes after the page's.
const SavedViewsMenu = lazy(async () => ({
  default: (await import('../../saved-views/saved-views-menu.tsx')).SavedViewsMenu,
}));

/** The saved views of the Traces page. */
export function TraceViewsMenu({
  orgId,
  view,
  onGo,
}: {
  readonly orgId: string;
  readonly view: TracesView;
  readonly onGo: (view: TracesView) => void;
}): ReactNode {
  const onOpen = useCallback((state: string) => onGo(parseTracesView(new URLSearchParams(state))), [onGo]);
  return (
    <Suspense fallback={null}>
      <SavedViewsMenu orgId={orgId} page="traces" state={printTracesView(view).toString()} onOpen={onOpen} />
    </Suspense>
  );
}

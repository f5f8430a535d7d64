import { lazy, type ReactNode, Suspense, useCallback } from 'react';
import { type LogsView, parseLogsView, printLogsView } from '../view/logs-view.ts';

// Logs can be read without them, so their code comes after the page's.
const SavedViewsMenu = lazy(async () => ({
  default: (await import('../../saved-views/saved-views-menu.tsx')).SavedViewsMenu,
}));

/** The saved views of the Logs page. An open log is not part of one. */
export function ViewsMenu({
  orgId,
  view,
  onGo,
}: {
  readonly orgId: string;
  readonly view: LogsView;
  readonly onGo: (view: LogsView) => void;
}): ReactNode {
  const onOpen = useCallback((state: string) => onGo(parseLogsView(new URLSearchParams(state))), [onGo]);
  return (
    <Suspense fallback={null}>
      <SavedViewsMenu
        orgId={orgId}
        page="logs"
        state={printLogsView({ ...view, row: undefined, around: undefined }).toString()}
        onOpen={onOpen}
      />
    </Suspense>
  );
}

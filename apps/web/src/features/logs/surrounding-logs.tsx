import { lazy, type ReactNode, Suspense } from 'react';
import type { Explorer } from './use-explorer.ts';

const ContextDialog = lazy(async () => ({ default: (await import('./context/context-dialog.tsx')).ContextDialog }));

/** The dialog with the neighbours of a log, where the address asks for it. */
export function SurroundingLogs({ explorer: { orgId, control, filters } }: { readonly explorer: Explorer }): ReactNode {
  const { view, go, adjust } = control;
  return view.around === undefined ? null : (
    <Suspense fallback={null}>
      <ContextDialog
        key={view.around.id}
        orgId={orgId}
        row={view.around}
        onFilter={filters.filter}
        onGo={go}
        onClose={() => adjust({ around: undefined })}
      />
    </Suspense>
  );
}

import { lazy, type ReactNode, Suspense } from 'react';
import { Sheet } from '../../../ui/sheet.tsx';
import type { TracesExplorer } from '../use-traces-explorer.ts';

const FacetsPanel = lazy(async () => ({ default: (await import('./facets-panel.tsx')).FacetsPanel }));

/** The facets of the page's query, beside the list or over it. */
export function ExplorerFacets({ explorer }: { readonly explorer: TracesExplorer }): ReactNode {
  const { orgId, overview, address, run, facets, layout, editQuery } = explorer;
  if (!facets.isOpen) {
    return null;
  }
  const panel = (
    <Suspense fallback={null}>
      <FacetsPanel
        overview={overview}
        query={address.view.query}
        orgId={orgId}
        range={run.range}
        fields={layout.fields}
        onField={layout.toggleField}
        onEdit={editQuery}
        onClose={facets.toggle}
      />
    </Suspense>
  );
  return facets.isBeside ? (
    <aside aria-label="Facets" className="w-60 shrink-0 border-line border-r bg-surface">
      {panel}
    </aside>
  ) : (
    <Sheet label="Facets" side="left" onClose={facets.toggle}>
      {panel}
    </Sheet>
  );
}

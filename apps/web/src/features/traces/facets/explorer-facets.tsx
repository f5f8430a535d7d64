import { lazy, type ReactNode, Suspense, useMemo } from 'react';
import { Sheet } from '../../../ui/sheet.tsx';
import { hasFilter, toggleFilter, valueText } from '../query/edit-query.ts';
import type { TracesExplorer } from '../use-traces-explorer.ts';
import type { TraceFacetActions } from './facets-panel.tsx';

const FacetsPanel = lazy(async () => ({ default: (await import('./facets-panel.tsx')).FacetsPanel }));

/** The facets of the page's query, beside the list or over it. */
export function ExplorerFacets({ explorer }: { readonly explorer: TracesExplorer }): ReactNode {
  const { overview, address, facets, editQuery } = explorer;
  const { query } = address.view;
  const actions = useMemo<TraceFacetActions>(
    () => ({
      isOn: (field, value) => hasFilter(query, { field, op: '=', value: valueText(field, value) }),
      onFilter: (field, value, exclude) =>
        editQuery((now) => toggleFilter(now, { field, op: exclude ? '!=' : '=', value: valueText(field, value) })),
    }),
    [query, editQuery],
  );
  if (!facets.isOpen) {
    return null;
  }
  const panel = (
    <Suspense fallback={null}>
      <FacetsPanel overview={overview} actions={actions} onClose={facets.toggle} />
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

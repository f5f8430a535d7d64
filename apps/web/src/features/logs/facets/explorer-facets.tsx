import { lazy, type ReactNode, Suspense, useMemo } from 'react';
import { Sheet } from '../../../ui/sheet.tsx';
import { parsedFilter } from '../query/edit-parts.ts';
import { hasFilter } from '../query/edit-query.ts';
import type { Explorer } from '../use-explorer.ts';
import type { FacetActions } from './facet-group.tsx';
import type { FacetsToggle } from './use-facets-toggle.ts';

const FacetsPanel = lazy(async () => ({ default: (await import('./facets-panel.tsx')).FacetsPanel }));

/** The facets of the page's query, beside the rows or over them. */
export function ExplorerFacets({
  explorer,
  place: { isOpen, isBeside, toggle },
}: {
  readonly explorer: Explorer;
  readonly place: FacetsToggle;
}): ReactNode {
  const { orgId, run, control, parsed, filters, layout } = explorer;
  const { query } = control.view;
  const { toggle: filter } = filters;
  const { pins, togglePin } = layout;
  // The same as long as they are: the panel is not drawn again for every page of logs that comes.
  const question = useMemo(() => ({ orgId, query, run }), [orgId, query, run]);
  const actions = useMemo<FacetActions>(
    () => ({
      isOn: (label, value) =>
        parsed.has(label) ? parsedFilter(query, label, value) !== undefined : hasFilter(query, label, value),
      onFilter: (label, value, exclude) => filter(label, value, exclude, parsed.has(label)),
      onPin: togglePin,
    }),
    [parsed, query, filter, togglePin],
  );
  if (!isOpen) {
    return null;
  }
  const panel = (
    <Suspense fallback={null}>
      <FacetsPanel question={question} pins={pins} actions={actions} onClose={toggle} />
    </Suspense>
  );
  return isBeside ? (
    <aside aria-label="Facets" className="w-60 shrink-0 border-line border-r bg-surface">
      {panel}
    </aside>
  ) : (
    <Sheet label="Facets" side="left" onClose={toggle}>
      {panel}
    </Sheet>
  );
}

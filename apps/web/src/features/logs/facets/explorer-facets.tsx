import { lazy, type ReactNode, Suspense } from 'react';
import { Sheet } from '../../../ui/sheet.tsx';
import { parsedFilter } from '../query/edit-parts.ts';
import { hasFilter } from '../query/edit-query.ts';
import type { Explorer } from '../use-explorer.ts';
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
  if (!isOpen) {
    return null;
  }
  const panel = (
    <Suspense fallback={null}>
      <FacetsPanel
        question={{ orgId, query, run }}
        pins={layout.pins}
        actions={{
          isOn: (label, value) =>
            parsed.has(label) ? parsedFilter(query, label, value) !== undefined : hasFilter(query, label, value),
          onFilter: (label, value, exclude) => filters.toggle(label, value, exclude, parsed.has(label)),
          onPin: layout.togglePin,
        }}
        onClose={toggle}
      />
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

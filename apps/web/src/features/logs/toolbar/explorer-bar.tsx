import { lazy, type ReactNode, Suspense } from 'react';
import { ColumnsMenu } from '../columns/columns-menu.tsx';
import type { FacetsToggle } from '../facets/use-facets-toggle.ts';
import type { Explorer } from '../use-explorer.ts';
import { ResultBar } from './result-bar.tsx';
import { ResultKinds } from './result-kinds.tsx';
import { ViewsMenu } from './views-menu.tsx';

const MoreMenu = lazy(async () => ({ default: (await import('../share/more-menu.tsx')).MoreMenu }));

/** The bar over the results, with its menus. */
export function ExplorerBar({
  explorer,
  facets,
}: {
  readonly explorer: Explorer;
  readonly facets: FacetsToggle;
}): ReactNode {
  const { orgId, control, run, results, isLogs, volume, filters, columns, layout } = explorer;
  const { view, go } = control;
  const total = isLogs ? volume.answer?.total : undefined;
  return (
    <ResultBar
      view={view}
      show={explorer.show}
      results={results}
      total={total}
      views={<ViewsMenu orgId={orgId} view={view} onGo={go} />}
      columns={
        <ColumnsMenu
          orgId={orgId}
          range={run.range}
          columns={columns.columns}
          rows={results.rows}
          onChange={columns.change}
        />
      }
      more={
        <Suspense fallback={<div className="size-7" />}>
          <MoreMenu
            orgId={orgId}
            query={view.query}
            range={run.range}
            direction={view.direction}
            columns={columns.columns.map(({ name }) => name)}
            total={total}
            isLogs={isLogs}
            hasChips={layout.chips}
            onChips={layout.toggleChips}
            onQuery={filters.run}
          />
        </Suspense>
      }
      kinds={isLogs ? <ResultKinds show={explorer.show} onShow={(show) => go({ show })} /> : null}
      hasFacets={facets.isOpen}
      onFacets={isLogs ? facets.toggle : undefined}
      onTurn={control.turn}
      onWrap={control.toggleWrap}
    />
  );
}

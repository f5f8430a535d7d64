import { lazy, type ReactNode, Suspense } from 'react';
import { ColumnToggleContext } from './detail/column-toggle.ts';
import { addStage } from './query/edit-parts.ts';
import type { RowSetting } from './table/log-row.tsx';
import { TableSkeleton } from './table/table-skeleton.tsx';
import type { Explorer } from './use-explorer.ts';

// Each comes when it is asked for.
const PatternsView = lazy(async () => ({ default: (await import('./patterns/patterns-view.tsx')).PatternsView }));
const DifferencesView = lazy(async () => ({
  default: (await import('./compare/differences-view.tsx')).DifferencesView,
}));
const LiveView = lazy(async () => ({ default: (await import('./tail/live-view.tsx')).LiveView }));

/** What is shown in place of the logs. */
export function OtherResults({
  explorer,
  setting,
}: {
  readonly explorer: Explorer;
  readonly setting: RowSetting;
}): ReactNode {
  const { show } = explorer;
  return show === 'logs' ? null : (
    <Suspense fallback={<TableSkeleton />}>
      {show === 'patterns' ? <Patterns explorer={explorer} /> : null}
      {show === 'differences' ? <Differences explorer={explorer} /> : null}
      {show === 'live' ? <Live explorer={explorer} setting={setting} /> : null}
    </Suspense>
  );
}

function Patterns({ explorer: { orgId, control, run } }: { readonly explorer: Explorer }): ReactNode {
  const { view, now, go, adjust } = control;
  return (
    <PatternsView
      orgId={orgId}
      query={view.query}
      run={run}
      order={view.patternOrder}
      onOrder={(patternOrder) => adjust({ patternOrder })}
      onFilter={(stage, exclude) => go({ query: addStage(now().query, stage), show: exclude ? 'patterns' : 'logs' })}
    />
  );
}

function Differences({ explorer: { orgId, control, run, filters } }: { readonly explorer: Explorer }): ReactNode {
  const { view, go } = control;
  return (
    <DifferencesView
      orgId={orgId}
      query={view.query}
      run={run}
      span={view.span}
      onFilter={filters.filter}
      onRange={(range) => go({ range })}
      onSpan={(span) => go({ span })}
    />
  );
}

function Live({ explorer, setting }: { readonly explorer: Explorer; readonly setting: RowSetting }): ReactNode {
  const { orgId, control, columns, filters } = explorer;
  const { view, turn } = control;
  return (
    <ColumnToggleContext value={columns.inDetail}>
      <LiveView
        key={`${orgId} ${view.query}`}
        orgId={orgId}
        query={view.query}
        direction={view.direction}
        setting={setting}
        onTurn={turn}
        onColumns={columns.inHeader}
        onFilter={filters.filter}
      />
    </ColumnToggleContext>
  );
}

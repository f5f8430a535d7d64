import { ArrowDownNarrowWide, Hourglass, PanelLeft } from 'lucide-react';
import { lazy, type ReactNode, Suspense } from 'react';
import { formatBytes, formatCount, formatElapsed } from '../../../lib/number-format.ts';
import { Button } from '../../../ui/button.tsx';
import { IconButton } from '../../../ui/icon-button.tsx';
import type { TraceResults } from '../use-trace-search.ts';
import type { TracesExplorer } from '../use-traces-explorer.ts';
import { TraceViewsMenu } from './views-menu.tsx';

const MoreMenu = lazy(async () => ({ default: (await import('./more-menu.tsx')).MoreMenu }));

function Summary({ results }: { readonly results: TraceResults }): ReactNode {
  const { traces, stats, isStale, hasMore } = results;
  if (stats === undefined || isStale) {
    return <p className="text-subtle text-xs">{results.isLoading ? 'Searching…' : ''}</p>;
  }
  return (
    <p className="truncate text-subtle text-xs tabular-nums">
      <span className="text-text">
        {formatCount(traces.length)} {traces.length === 1 ? 'trace' : 'traces'}
        {hasMore ? ' loaded' : ''}
      </span>
      <span className="@max-3xl/bar:hidden">
        {' · '}
        {formatCount(stats.rowsRead)} rows, {formatBytes(stats.bytesRead)} read in {formatElapsed(stats.elapsedMs)}
      </span>
    </p>
  );
}

/** What was found and what it cost, and how it is shown. */
export function ResultBar({ explorer }: { readonly explorer: TracesExplorer }): ReactNode {
  const { orgId, address, run, isMetrics, results, layout, facets } = explorer;
  const { view, now, change } = address;
  const isNewest = view.sort === 'newest';
  const Order = isNewest ? ArrowDownNarrowWide : Hourglass;
  return (
    <div className="@container/bar flex min-h-9 shrink-0 items-center gap-1 border-line border-b bg-surface px-1.5">
      {isMetrics ? null : (
        <IconButton
          label={facets.isOpen ? 'Hide facets' : 'Show facets'}
          shortcut="b"
          aria-pressed={facets.isOpen}
          className="size-7"
          onClick={facets.toggle}
        >
          <PanelLeft aria-hidden />
        </IconButton>
      )}
      <div role="status" className="min-w-0 flex-1">
        {isMetrics ? null : <Summary results={results} />}
      </div>
      <TraceViewsMenu orgId={orgId} view={view} onGo={change} />
      {isMetrics ? null : (
        <Button
          variant="ghost"
          size="sm"
          title="Newest first, or slowest (o)"
          onClick={() => change({ sort: now().sort === 'newest' ? 'slowest' : 'newest' }, true)}
        >
          <Order aria-hidden />
          {isNewest ? 'Newest first' : 'Slowest first'}
        </Button>
      )}
      <Suspense fallback={<div className="size-7" />}>
        <MoreMenu
          orgId={orgId}
          view={view}
          range={run.range}
          isMetrics={isMetrics}
          hasForm={layout.form}
          onForm={layout.toggleForm}
        />
      </Suspense>
    </div>
  );
}

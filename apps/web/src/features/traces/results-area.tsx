import { CircleStop, TextSearch } from 'lucide-react';
import { lazy, type ReactNode, type Ref, Suspense } from 'react';
import { Button } from '../../ui/button.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { ErrorState } from '../../ui/error-state.tsx';
import { ListSkeleton } from './list/list-skeleton.tsx';
import { TraceList } from './list/trace-list.tsx';
import type { TracesExplorer } from './use-traces-explorer.ts';

const EmptyTraces = lazy(async () => ({ default: (await import('./empty/empty-traces.tsx')).EmptyTraces }));

function Instead({ children }: { readonly children: ReactNode }): ReactNode {
  return <div className="min-h-0 flex-1 overflow-y-auto bg-surface">{children}</div>;
}

/** The traces, or what there is to say instead of them. */
export function ResultsArea({
  explorer,
  list,
  picked,
  onPick,
}: {
  readonly explorer: TracesExplorer;
  readonly list: Ref<HTMLDivElement>;
  readonly picked: readonly string[];
  readonly onPick: (traceId: string) => void;
}): ReactNode {
  const { orgId, address, run, results } = explorer;
  const { error } = results;
  if (error?.code === 'invalid-query') {
    // The query bar says what is wrong, and where.
    return (
      <Instead>
        <EmptyState icon={TextSearch} title={error.title}>
          The message under the query says where.
        </EmptyState>
      </Instead>
    );
  }
  if (error !== undefined) {
    return (
      <Instead>
        <ErrorState error={error} onRetry={run.refresh} />
      </Instead>
    );
  }
  if (results.isCancelled) {
    return (
      <Instead>
        <EmptyState
          icon={CircleStop}
          title="The query was cancelled"
          action={<Button onClick={run.refresh}>Run it again</Button>}
        />
      </Instead>
    );
  }
  if (results.traces.length === 0 && results.isLoading) {
    return <ListSkeleton />;
  }
  if (results.traces.length === 0) {
    return (
      <Suspense fallback={<ListSkeleton />}>
        <EmptyTraces orgId={orgId} view={address.view} run={run} onGo={address.change} onZoomOut={explorer.zoomOut} />
      </Suspense>
    );
  }
  return (
    <TraceList
      // Another question begins at its top.
      key={`${explorer.run.question} ${explorer.address.view.sort}`}
      ref={list}
      orgId={orgId}
      results={results}
      picked={picked}
      onPick={onPick}
      onScrolled={explorer.onScrolled}
    />
  );
}

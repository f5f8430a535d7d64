import { type ReactNode, useEffect, useState } from 'react';
import { Link, useParams } from 'react-router';
import { PageHeader } from '../../app/page-header.tsx';
import { tracesPath } from '../../app/paths.ts';
import { useOrgId } from '../../app/use-org-id.ts';
import { ErrorState } from '../../ui/error-state.tsx';
import { Skeleton } from '../../ui/skeleton.tsx';
import { NoTrace } from './empty/no-trace.tsx';
import type { TraceRef } from './trace-api.ts';
import { type LoadedTrace, useTrace } from './use-trace.ts';

type Views = typeof import('./trace-content.tsx');

/** Once they were loaded. */
let loadedViews: Views | undefined;

/** Loads the views of a trace: whoever looks at a list of traces will open one. */
export async function loadTraceViews(): Promise<Views> {
  loadedViews = await import('./trace-content.tsx');
  return loadedViews;
}

/** The views of a trace, which come beside its answer. Not by Suspense, which shows what it waited for 0.3 s after what it showed instead. */
function useViews(): Views | undefined {
  const [found, setFound] = useState<{ readonly views?: Views | undefined; readonly error?: unknown }>({
    views: loadedViews,
  });
  useEffect(() => {
    loadTraceViews().then(
      (views) => setFound((before) => (before.views === undefined ? { views } : before)),
      (error: unknown) => setFound({ error }),
    );
  }, []);
  if (found.error !== undefined) {
    throw found.error;
  }
  return found.views;
}

const SKELETON_ROWS = [92, 64, 71, 48, 80, 37, 55, 68, 44, 59] as const;

function TraceSkeleton(): ReactNode {
  return (
    <div role="status" className="flex flex-col gap-2 bg-surface p-4">
      <span className="sr-only">The trace is loading</span>
      <Skeleton className="h-6 w-72" />
      <Skeleton className="h-4 w-full max-w-2xl" />
      <Skeleton className="mt-2 mb-2 h-14 w-full" />
      {SKELETON_ROWS.map((width) => (
        <div key={width} className="flex gap-4">
          <Skeleton className="h-4 w-1/3" />
          <div className="flex-1">
            <Skeleton className={width > 60 ? 'h-4 w-2/3' : 'ml-[20%] h-4 w-1/3'} />
          </div>
        </div>
      ))}
    </div>
  );
}

/** The page while there is nothing to show of the trace, or nothing yet. */
function Frame({ trace, children }: { readonly trace: TraceRef; readonly children: ReactNode }): ReactNode {
  return (
    <>
      <PageHeader title="Trace" within={<Link to={tracesPath(trace.orgId)}>Traces</Link>} />
      {children}
    </>
  );
}

function Content({ trace, loaded }: { readonly trace: TraceRef; readonly loaded: LoadedTrace }): ReactNode {
  const { outline, model, error, refresh } = loaded;
  const views = useViews();
  const waiting = (
    <Frame trace={trace}>
      <TraceSkeleton />
    </Frame>
  );
  if (views !== undefined && outline !== undefined && model !== undefined) {
    return <views.TraceContent trace={trace} outline={outline} model={model} reading={loaded} />;
  }
  return error === undefined ? (
    waiting
  ) : (
    <Frame trace={trace}>
      {error.code === 'not-found' ? (
        <NoTrace trace={trace} onRetry={refresh} />
      ) : (
        <ErrorState error={error} onRetry={refresh} />
      )}
    </Frame>
  );
}

/** One trace. */
export function TracePage(): ReactNode {
  const orgId = useOrgId();
  const { traceId = '' } = useParams();
  const trace = { orgId, traceId };
  const loaded = useTrace(trace);
  // Another trace is another page: nothing of how this one was looked at means anything there.
  return <Content key={`${orgId} ${traceId}`} trace={trace} loaded={loaded} />;
}

import { useQuery } from '@tanstack/react-query';
import { lazy, type ReactNode, Suspense } from 'react';
import { PageHeader } from '../../app/page-header.tsx';
import { useMay } from '../../app/use-may.ts';
import { useOrgId } from '../../app/use-org-id.ts';
import { asApiError } from '../../lib/api-error.ts';
import { ErrorState } from '../../ui/error-state.tsx';
import { Skeleton } from '../../ui/skeleton.tsx';
import { pipelinesKey, readPipelines } from './pipelines-api.ts';

// The forms come beside the first answer.
const PipelinesEditor = lazy(async () => ({ default: (await import('./pipelines-editor.tsx')).PipelinesEditor }));

function PipelinesSkeleton(): ReactNode {
  return (
    <div className="flex max-w-4xl flex-col gap-3 p-4">
      <Skeleton className="h-7 w-64" />
      <Skeleton className="h-14 w-full" />
      <Skeleton className="h-14 w-full" />
      <Skeleton className="h-14 w-full" />
    </div>
  );
}

/** What is done with logs before they are stored, and how long some of them are kept. */
export function LogPipelinesPage(): ReactNode {
  const orgId = useOrgId();
  const { isKnown, may } = useMay(orgId);
  const saved = useQuery({
    queryKey: pipelinesKey(orgId),
    queryFn: ({ signal }) => readPipelines(orgId, signal),
    // Others change it, too.
    staleTime: 0,
  });
  return (
    <>
      <PageHeader title="Log pipelines" />
      <div className="flex min-h-0 flex-1 flex-col bg-surface">
        {saved.data !== undefined && isKnown ? (
          <Suspense fallback={<PipelinesSkeleton />}>
            <PipelinesEditor
              key={orgId}
              orgId={orgId}
              answer={saved.data}
              mayWrite={may('organization:write')}
              maySeeLogs={may('logs:read')}
            />
          </Suspense>
        ) : saved.error === null ? (
          <PipelinesSkeleton />
        ) : (
          <ErrorState error={asApiError(saved.error)} onRetry={() => void saved.refetch()} />
        )}
      </div>
    </>
  );
}

import { lazy, type ReactNode, Suspense } from 'react';
import { PageHeader } from '../../app/page-header.tsx';
import { Skeleton } from '../../ui/skeleton.tsx';

// All guides are as much as the rest of the page: they come after its first sight.
const GuideReader = lazy(async () => ({ default: (await import('./guide-reader.tsx')).GuideReader }));

/** The documentation. */
export function DocsPage(): ReactNode {
  return (
    <Suspense
      fallback={
        <>
          <PageHeader title="Docs" />
          <Skeleton className="m-6 h-64" />
        </>
      }
    >
      <GuideReader />
    </Suspense>
  );
}

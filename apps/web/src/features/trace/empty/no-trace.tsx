import { SearchX } from 'lucide-react';
import type { ReactNode } from 'react';
import { Link } from 'react-router';
import { tracesPath } from '../../../app/paths.ts';
import { Button } from '../../../ui/button.tsx';
import { EmptyState } from '../../../ui/empty-state.tsx';
import type { TraceRef } from '../trace-api.ts';

/** Nothing is known of a trace, and why that may be. */
export function NoTrace({
  trace: { orgId, traceId },
  onRetry,
}: {
  readonly trace: TraceRef;
  readonly onRetry: () => void;
}): ReactNode {
  return (
    <EmptyState
      icon={SearchX}
      title="No such trace"
      action={
        <>
          <Button onClick={onRetry}>Look again</Button>
          <Button asChild>
            <Link to={tracesPath(orgId)}>Search traces</Link>
          </Button>
        </>
      }
    >
      <p className="break-all font-mono text-xs">{traceId}</p>
      <ul className="mt-3 flex list-disc flex-col gap-1 pl-5 text-left">
        <li>It may not have arrived yet: spans are sent in batches, some seconds after they end.</li>
        <li>It may have expired, or been left out by sampling where it was made.</li>
        <li>It may belong to another organization than the one chosen above.</li>
      </ul>
    </EmptyState>
  );
}

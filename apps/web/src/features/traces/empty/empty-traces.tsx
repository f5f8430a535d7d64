import { useQuery } from '@tanstack/react-query';
import { SearchX } from 'lucide-react';
import { type ReactNode, useEffect, useRef } from 'react';
import { serverNow } from '../../../lib/server-clock.ts';
import { describeRange, type TimeRange } from '../../../lib/time-range.ts';
import type { Run } from '../../../lib/use-run.ts';
import { Button } from '../../../ui/button.tsx';
import { EmptyState } from '../../../ui/empty-state.tsx';
import { ListSkeleton } from '../list/list-skeleton.tsx';
import { hasAnyTrace } from '../traces-api.ts';
import type { TracesView } from '../view/traces-view.ts';
import { FirstTrace } from './first-trace.tsx';

/** As long as any signal is kept (product brief §5), and a day for clocks that are ahead. */
const LONGEST_MS = 90 * 86_400_000;
const AHEAD_MS = 86_400_000;

/** How often it is looked whether the first span has come. */
const POLL_MS = 2000;

const WIDER: TimeRange = { from: 'now-24h', to: 'now' };

/** What an empty list must know. */
export interface EmptyTracesProps {
  readonly orgId: string;
  readonly view: TracesView;
  readonly run: Run;
  readonly onGo: (change: Partial<TracesView>) => void;
  readonly onZoomOut: () => void;
}

function NoMatches({ view, run, onGo, onZoomOut }: EmptyTracesProps): ReactNode {
  const isAll = view.query.trim() === '' || view.query.trim() === '{}';
  const isShort = run.range.endMs - run.range.startMs < 86_400_000;
  return (
    <div className="min-h-0 flex-1 overflow-y-auto bg-surface">
      <EmptyState
        icon={SearchX}
        title={isAll ? 'No traces in this time range' : 'No traces match'}
        action={
          <>
            {isShort ? <Button onClick={() => onGo({ range: WIDER })}>Look at the last 24 hours</Button> : null}
            <Button onClick={onZoomOut}>Double the span</Button>
            {isAll ? null : <Button onClick={() => onGo({ query: '' })}>Show all traces</Button>}
          </>
        }
      >
        Nothing in <span className="text-text">{describeRange(view.range, run.range)}</span>
        {isAll ? '.' : ' for this query. All conditions between two braces are of one span.'}
      </EmptyState>
    </div>
  );
}

/** An empty answer: is it the query, or has the organization no spans at all? */
export function EmptyTraces(props: EmptyTracesProps): ReactNode {
  const { orgId, run } = props;
  const { data: hasTraces, isError } = useQuery({
    queryKey: ['traces', 'any', orgId],
    queryFn: ({ signal }) => {
      const now = serverNow();
      return hasAnyTrace(orgId, { startMs: now - LONGEST_MS, endMs: now + AHEAD_MS }, signal);
    },
    // "Yes" stays true; "no" is asked again until it is not.
    refetchInterval: (query) => (query.state.data === false ? POLL_MS : false),
    gcTime: 60_000,
  });
  const wasWithout = useRef(false);
  useEffect(() => {
    if (hasTraces === true && wasWithout.current) {
      run.refresh();
    }
    wasWithout.current = hasTraces === false;
  }, [hasTraces, run]);
  if (hasTraces === undefined && !isError) {
    return <ListSkeleton />;
  }
  return hasTraces === false ? <FirstTrace orgId={orgId} /> : <NoMatches {...props} />;
}

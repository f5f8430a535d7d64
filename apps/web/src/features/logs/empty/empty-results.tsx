import { useQuery } from '@tanstack/react-query';
import { type ReactNode, useEffect, useRef } from 'react';
import { serverNow } from '../../../lib/server-clock.ts';
import type { Run } from '../../../lib/use-run.ts';
import { hasAnyLog } from '../logs-api.ts';
import { TableSkeleton } from '../table/table-skeleton.tsx';
import type { LogsView } from '../view/logs-view.ts';
import { FirstLog } from './first-log.tsx';
import { NoMatches } from './no-matches.tsx';

/** As long as any signal is kept (product brief §5), and a day for clocks that are ahead. */
const LONGEST_MS = 90 * 86_400_000;
const AHEAD_MS = 86_400_000;

/** How often it is looked whether the first log has come. */
const POLL_MS = 2000;

/** An empty answer: is it the query, or has the organization no logs at all? */
export function EmptyResults(props: {
  readonly orgId: string;
  readonly view: LogsView;
  readonly run: Run;
  readonly onGo: (change: Partial<LogsView>) => void;
  readonly onZoomOut: () => void;
}): ReactNode {
  const { orgId, run } = props;
  const { data: hasLogs, isError } = useQuery({
    queryKey: ['logs', 'any', orgId],
    queryFn: ({ signal }) => {
      const now = serverNow();
      return hasAnyLog(orgId, { startMs: now - LONGEST_MS, endMs: now + AHEAD_MS }, signal);
    },
    // "Yes" stays true; "no" is asked again until it is not.
    refetchInterval: (query) => (query.state.data === false ? POLL_MS : false),
    gcTime: 60_000,
  });
  const wasWithout = useRef(false);
  useEffect(() => {
    if (hasLogs === true && wasWithout.current) {
      run.refresh();
    }
    wasWithout.current = hasLogs === false;
  }, [hasLogs, run]);
  if (hasLogs === undefined && !isError) {
    return <TableSkeleton />;
  }
  return hasLogs === false ? <FirstLog /> : <NoMatches {...props} />;
}

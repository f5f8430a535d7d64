import { useQuery } from '@tanstack/react-query';
import { type ReactNode, useState } from 'react';
import { Link } from 'react-router';
import { asApiError } from '../../../lib/api-error.ts';
import { formatCount } from '../../../lib/number-format.ts';
import { serverNow } from '../../../lib/server-clock.ts';
import { Button } from '../../../ui/button.tsx';
import { Notice } from '../../../ui/notice.tsx';
import { explorePath } from './explore-path.ts';
import { findUnusedMetrics } from './unused-metrics.ts';

const DAY_MS = 86_400_000;
const LISTED_MAX = 500;

/** Metrics that are stored but that no dashboard shows; found on demand, since every dashboard is read for it. */
export function UnusedSection({ orgId }: { readonly orgId: string }): ReactNode {
  const [isWanted, setWanted] = useState(false);
  const { data, error, isFetching } = useQuery({
    queryKey: ['metrics', 'unused', orgId],
    queryFn: ({ signal }) => {
      const endMs = serverNow();
      return findUnusedMetrics(orgId, { startMs: endMs - DAY_MS, endMs }, signal);
    },
    enabled: isWanted,
    staleTime: 60_000,
  });
  return (
    <section aria-label="Unused metrics" className="min-w-0 rounded-lg border border-line bg-surface p-4">
      <h2 className="font-semibold text-base">Unused metrics</h2>
      <p className="pb-2 text-muted text-xs">
        Metrics of the last day that no dashboard names. Recording rules and names behind patterns or variables are not
        looked at.
      </p>
      {error === null ? null : <Notice kind="error">{asApiError(error).detail ?? asApiError(error).title}</Notice>}
      {data === undefined ? (
        <Button disabled={isFetching} onClick={() => setWanted(true)}>
          {isFetching ? 'Reading dashboards…' : 'Find them'}
        </Button>
      ) : (
        <>
          <p role="status">
            {formatCount(data.names.length)} {data.names.length === 1 ? 'metric' : 'metrics'};{' '}
            {formatCount(data.dashboardCount)} {data.dashboardCount === 1 ? 'dashboard was' : 'dashboards were'} read.
          </p>
          <ul className="scrollbar-slim mt-2 max-h-72 columns-1 overflow-y-auto sm:columns-2 xl:columns-3">
            {data.names.slice(0, LISTED_MAX).map((name) => (
              <li key={name} className="truncate">
                <Link to={explorePath(orgId, name)} className="font-mono text-xs hover:underline">
                  {name}
                </Link>
              </li>
            ))}
          </ul>
        </>
      )}
    </section>
  );
}

import { useQuery } from '@tanstack/react-query';
import { type ReactNode, useState } from 'react';
import { Link } from 'react-router';
import { useMay } from '../../../app/use-may.ts';
import { asApiError } from '../../../lib/api-error.ts';
import { formatCount } from '../../../lib/number-format.ts';
import { serverNow } from '../../../lib/server-clock.ts';
import { Button } from '../../../ui/button.tsx';
import { Notice } from '../../../ui/notice.tsx';
import { explorePath } from './explore-path.ts';
import { findUnusedMetrics } from './unused-metrics.ts';

const DAY_MS = 86_400_000;
const LISTED_MAX = 500;

/** `1 metric`, `2 metrics`. */
function counted(count: number, what: string): string {
  return `${formatCount(count)} ${what}${count === 1 ? '' : 's'}`;
}

/** Metrics that are stored but that nothing asks for; found on demand, since every dashboard is read for it. */
export function UnusedSection({ orgId }: { readonly orgId: string }): ReactNode {
  const [isWanted, setWanted] = useState(false);
  const { isKnown, may } = useMay(orgId);
  const mayReadRules = may('monitors:read');
  const { data, error, isFetching } = useQuery({
    queryKey: ['metrics', 'unused', orgId, mayReadRules],
    queryFn: ({ signal }) => {
      const endMs = serverNow();
      return findUnusedMetrics(orgId, { startMs: endMs - DAY_MS, endMs }, mayReadRules, signal);
    },
    enabled: isWanted && isKnown,
    staleTime: 60_000,
  });
  return (
    <section aria-label="Unused metrics" className="min-w-0 rounded-lg border border-line bg-surface p-4">
      <h2 className="font-semibold text-base">Unused metrics</h2>
      <p className="pb-2 text-muted text-xs">
        Metrics of the last day that no dashboard, saved view (your own and the shared ones) or recording rule names.
        Names behind patterns or variables are not seen, nor what is asked from elsewhere.
      </p>
      {error === null ? null : <Notice kind="error">{asApiError(error).detail ?? asApiError(error).title}</Notice>}
      {data === undefined ? (
        <Button disabled={isFetching} onClick={() => setWanted(true)}>
          {isFetching ? 'Looking…' : 'Find them'}
        </Button>
      ) : (
        <>
          <p role="status">
            {counted(data.names.length, 'metric')}. Looked through: {counted(data.dashboardCount, 'dashboard')},{' '}
            {counted(data.viewCount, 'saved view')},{' '}
            {data.ruleCount === null
              ? 'no recording rules, which you may not read'
              : counted(data.ruleCount, 'recording rule')}
            .
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

import { SearchX } from 'lucide-react';
import type { ReactNode } from 'react';
import { Link } from 'react-router';
import { ingestionPath } from '../../../app/paths.ts';
import { useOrgId } from '../../../app/use-org-id.ts';
import { describeRange, type TimeRange } from '../../../lib/time-range.ts';
import type { Run } from '../../../lib/use-run.ts';
import { Button } from '../../../ui/button.tsx';
import { Kbd } from '../../../ui/kbd.tsx';
import type { LogsView } from '../view/logs-view.ts';

const WIDER: TimeRange = { from: 'now-24h', to: 'now' };

/** Shown when nothing matches, though the organization has logs: what to try. */
export function NoMatches({
  view,
  run,
  onGo,
  onZoomOut,
}: {
  readonly view: LogsView;
  readonly run: Run;
  readonly onGo: (change: Partial<LogsView>) => void;
  readonly onZoomOut: () => void;
}): ReactNode {
  const orgId = useOrgId();
  const isAll = ['', '{}'].includes(view.query.trim());
  const isShort = run.range.endMs - run.range.startMs < 86_400_000;
  return (
    <div className="flex min-h-0 flex-1 flex-col items-center gap-2 overflow-y-auto bg-surface px-6 py-12 text-center">
      <SearchX aria-hidden className="size-6 text-subtle" />
      <h2 className="font-semibold text-base">{isAll ? 'No logs in this time range' : 'No logs match'}</h2>
      <p className="max-w-md text-muted">
        Nothing in <span className="text-text">{describeRange(view.range, run.range)}</span>
        {isAll ? '.' : ' for this query. Texts in line filters are case-sensitive; |~ "(?i)text" is not.'}
      </p>
      <div className="mt-2 flex flex-wrap justify-center gap-2">
        {isShort ? <Button onClick={() => onGo({ range: WIDER })}>Look at the last 24 hours</Button> : null}
        <Button onClick={onZoomOut}>Double the span</Button>
        {isAll ? (
          <Button asChild>
            <Link to={ingestionPath(orgId)}>See what came in</Link>
          </Button>
        ) : (
          <Button onClick={() => onGo({ query: '' })}>Show all logs</Button>
        )}
      </div>
      <p className="mt-2 text-subtle text-xs max-md:hidden">
        <Kbd>/</Kbd> goes to the query, <Kbd>?</Kbd> shows all keys
      </p>
    </div>
  );
}

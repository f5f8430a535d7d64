import { type ReactNode, type Ref, useEffect } from 'react';
import { classNames } from '../../../lib/class-names.ts';
import { formatCount } from '../../../lib/number-format.ts';
import { useMediaQuery, WIDE } from '../../../lib/use-media-query.ts';
import { Button } from '../../../ui/button.tsx';
import type { TraceResults } from '../use-trace-search.ts';
import { TraceRow } from './trace-row.tsx';

/** So little is no scrolling. */
const AT_TOP_PX = 8;

/** Windows with room for counts, and for services; as the cells' classes have it. */
const COUNTS = '(min-width: 40rem)';
const SERVICES = '(min-width: 80rem)';

/** How many columns are shown: a cell across more would make columns of its own. */
function useColumns(): number {
  const [hasCounts, hasStart, hasServices] = [useMediaQuery(COUNTS), useMediaQuery(WIDE), useMediaQuery(SERVICES)];
  return 3 + (hasCounts ? 2 : 0) + (hasStart ? 1 : 0) + (hasServices ? 1 : 0);
}

const HEAD = 'px-2 text-left font-medium';

function Head(): ReactNode {
  return (
    <thead className="sticky top-0 z-10 h-7 bg-canvas text-subtle text-xs shadow-[inset_0_-1px_0_var(--line)]">
      <tr>
        <th scope="col" className="w-16 max-sm:w-8">
          <span className="sr-only">Compare</span>
        </th>
        <th scope="col" className={classNames(HEAD, 'w-40 max-md:hidden')}>
          Start
        </th>
        <th scope="col" className={HEAD}>
          Trace
        </th>
        <th scope="col" className={classNames(HEAD, 'w-44 max-md:w-32 max-sm:w-24')}>
          Duration
        </th>
        <th scope="col" className={classNames(HEAD, 'w-16 text-right max-sm:hidden')}>
          Spans
        </th>
        <th scope="col" className={classNames(HEAD, 'w-16 text-right max-sm:hidden')}>
          Errors
        </th>
        <th scope="col" className={classNames(HEAD, 'w-80 max-xl:hidden')}>
          Services
        </th>
      </tr>
    </thead>
  );
}

function Footer({ results }: { readonly results: TraceResults }): ReactNode {
  const { traces, hasMore, isLoadingMore, moreError, loadMore } = results;
  return (
    <div className="flex min-h-12 items-center justify-center gap-2 text-subtle text-xs">
      {moreError === undefined ? null : (
        <span role="alert" className="text-danger">
          {moreError.title}
        </span>
      )}
      {hasMore || isLoadingMore ? (
        <Button size="sm" disabled={isLoadingMore} onClick={loadMore}>
          {isLoadingMore ? 'Loading more…' : 'Load more'}
        </Button>
      ) : moreError === undefined ? (
        <>End of the results: {formatCount(traces.length)}</>
      ) : null}
    </div>
  );
}

/** The traces that were found. */
export function TraceList({
  ref,
  orgId,
  results,
  picked,
  onPick,
  onScrolled,
}: {
  /** The element that scrolls. */
  readonly ref: Ref<HTMLDivElement>;
  readonly orgId: string;
  readonly results: TraceResults;
  readonly picked: readonly string[];
  readonly onPick: (traceId: string) => void;
  /** The list is at its top, or no more. */
  readonly onScrolled: (isAtTop: boolean) => void;
}): ReactNode {
  const { traces, isStale, isLoading } = results;
  // A list that goes has nothing further down that somebody could be reading.
  useEffect(() => () => onScrolled(true), [onScrolled]);
  const columns = useColumns();
  const slowestMs = traces.reduce((most, { durationMs }) => Math.max(most, durationMs), 0);
  return (
    <div
      ref={ref}
      aria-busy={isStale && isLoading}
      onScroll={({ currentTarget }) => onScrolled(currentTarget.scrollTop < AT_TOP_PX)}
      className={classNames(
        'scrollbar-slim min-h-0 flex-1 overflow-y-auto bg-surface',
        isStale && isLoading && 'opacity-60',
      )}
    >
      <table aria-label="Traces" className="w-full table-fixed border-collapse">
        <Head />
        {traces.map((trace) => (
          <TraceRow
            key={trace.traceId}
            orgId={orgId}
            trace={trace}
            slowestMs={slowestMs}
            columns={columns}
            isPicked={picked.includes(trace.traceId)}
            onPick={onPick}
          />
        ))}
      </table>
      <Footer results={results} />
    </div>
  );
}

import { ArrowDownNarrowWide, ArrowUpNarrowWide, PanelLeft, WrapText } from 'lucide-react';
import type { ReactNode } from 'react';
import { formatBytes, formatCount, formatElapsed, formatLogCount } from '../../../lib/number-format.ts';
import { Button } from '../../../ui/button.tsx';
import { IconButton } from '../../../ui/icon-button.tsx';
import type { LogResults } from '../use-log-search.ts';
import type { LogsView, ResultKind } from '../view/logs-view.ts';

function Summary({ results, total }: { readonly results: LogResults; readonly total: number | undefined }): ReactNode {
  const { rows, stats, matrix, isStale } = results;
  if (stats === undefined || isStale) {
    return <p className="text-subtle text-xs">{results.isLoading ? 'Searching…' : ''}</p>;
  }
  const count =
    total !== undefined && total > rows.length
      ? `${formatCount(rows.length)} of ${formatLogCount(total)} loaded`
      : formatLogCount(rows.length);
  return (
    <p className="truncate text-subtle text-xs tabular-nums">
      <span className="text-text">{matrix === undefined ? count : `${formatCount(matrix.series.length)} series`}</span>
      <span className="@max-5xl/bar:hidden">
        {' · '}
        {formatCount(stats.rowsRead)} rows, {formatBytes(stats.bytesRead)} read in {formatElapsed(stats.elapsedMs)}
      </span>
    </p>
  );
}

/** Words on buttons that their icons can do without, where the bar is narrow. */
const WORDS = '@max-3xl/bar:sr-only';

/** What was found and what it cost, and how the rows are shown. */
export function ResultBar({
  view,
  show,
  results,
  total,
  kinds,
  views,
  columns,
  more,
  hasFacets,
  onFacets,
  onTurn,
  onWrap,
}: {
  readonly view: LogsView;
  readonly show: ResultKind;
  readonly results: LogResults;
  /** Chooses what is shown. */
  readonly kinds: ReactNode;
  /** Logs in the whole span, as the histogram counts them. */
  readonly total: number | undefined;
  /** The menu of saved views. */
  readonly views: ReactNode;
  /** The menu of columns. */
  readonly columns: ReactNode;
  /** The menu of everything else. */
  readonly more: ReactNode;
  /** The facets are open. */
  readonly hasFacets: boolean;
  /** There is none where there is nothing to count. */
  readonly onFacets: (() => void) | undefined;
  readonly onTurn: () => void;
  readonly onWrap: () => void;
}): ReactNode {
  const isNewestFirst = view.direction === 'backward';
  const hasRows = results.matrix === undefined && (show === 'logs' || show === 'live');
  const Order = isNewestFirst ? ArrowDownNarrowWide : ArrowUpNarrowWide;
  return (
    <div className="@container/bar flex min-h-9 shrink-0 items-center gap-1 border-line border-b bg-surface px-1.5 max-sm:flex-wrap max-sm:py-1">
      {onFacets === undefined ? null : (
        <IconButton
          label={hasFacets ? 'Hide facets' : 'Show facets'}
          shortcut="b"
          aria-pressed={hasFacets}
          className="size-7"
          onClick={onFacets}
        >
          <PanelLeft aria-hidden />
        </IconButton>
      )}
      {/* In a narrow window the rows' own buttons are the next line. */}
      <div className={hasRows ? 'max-sm:basis-[calc(100%-36px)]' : undefined}>{kinds}</div>
      <div role="status" className="min-w-0 flex-1 max-sm:basis-28">
        {show === 'logs' ? <Summary results={results} total={total} /> : null}
      </div>
      {views}
      {hasRows ? (
        <>
          <Button variant="ghost" size="sm" title="Turns the order round (o)" onClick={onTurn}>
            <Order aria-hidden />
            <span className={WORDS}>{isNewestFirst ? 'Newest first' : 'Oldest first'}</span>
          </Button>
          <Button variant="ghost" size="sm" title="Wraps messages (w)" aria-pressed={view.wrap} onClick={onWrap}>
            <WrapText aria-hidden />
            <span className={WORDS}>Wrap</span>
          </Button>
          {columns}
        </>
      ) : null}
      {more}
    </div>
  );
}

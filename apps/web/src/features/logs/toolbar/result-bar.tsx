import { ArrowDownNarrowWide, ArrowUpNarrowWide, Columns3, WrapText } from 'lucide-react';
import type { ReactNode } from 'react';
import { formatBytes, formatCount, formatElapsed, formatLogCount } from '../../../lib/number-format.ts';
import { Button } from '../../../ui/button.tsx';
import { Menu, MenuCheckboxItem, MenuContent, MenuLabel, MenuTrigger } from '../../../ui/dropdown-menu.tsx';
import type { LogResults } from '../use-log-search.ts';
import { type LogsView, OPTIONAL_COLUMNS } from '../view/logs-view.ts';

const COLUMN_TITLES = { level: 'Level', service: 'Service', host: 'Host' } as const;

function ColumnsMenu({
  view,
  onAdjust,
}: {
  readonly view: LogsView;
  readonly onAdjust: (change: Partial<LogsView>) => void;
}): ReactNode {
  return (
    <Menu>
      <MenuTrigger asChild>
        <Button variant="ghost" size="sm">
          <Columns3 aria-hidden />
          <span className="max-sm:sr-only">Columns</span>
        </Button>
      </MenuTrigger>
      <MenuContent align="end">
        <MenuLabel>Columns</MenuLabel>
        {OPTIONAL_COLUMNS.map((column) => (
          <MenuCheckboxItem
            key={column}
            checked={view.columns.includes(column)}
            onCheckedChange={(shown) =>
              onAdjust({
                columns: OPTIONAL_COLUMNS.filter((each) => (each === column ? shown : view.columns.includes(each))),
              })
            }
          >
            {COLUMN_TITLES[column]}
          </MenuCheckboxItem>
        ))}
      </MenuContent>
    </Menu>
  );
}

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
      <span className="max-sm:hidden">
        {' · '}
        {formatCount(stats.rowsRead)} rows, {formatBytes(stats.bytesRead)} read in {formatElapsed(stats.elapsedMs)}
      </span>
    </p>
  );
}

/** What was found and what it cost, and how the rows are shown. */
export function ResultBar({
  view,
  results,
  total,
  views,
  onAdjust,
}: {
  readonly view: LogsView;
  readonly results: LogResults;
  /** Logs in the whole span, as the histogram counts them. */
  readonly total: number | undefined;
  /** The menu of saved views. */
  readonly views: ReactNode;
  readonly onAdjust: (change: Partial<LogsView>) => void;
}): ReactNode {
  const isNewestFirst = view.direction === 'backward';
  const Order = isNewestFirst ? ArrowDownNarrowWide : ArrowUpNarrowWide;
  return (
    <div className="flex h-9 shrink-0 items-center gap-1 border-line border-b bg-surface pr-1.5 pl-3">
      <div role="status" className="min-w-0 flex-1">
        <Summary results={results} total={total} />
      </div>
      {views}
      {results.matrix === undefined ? (
        <>
          <Button
            variant="ghost"
            size="sm"
            onClick={() => onAdjust({ direction: isNewestFirst ? 'forward' : 'backward' })}
          >
            <Order aria-hidden />
            {isNewestFirst ? 'Newest first' : 'Oldest first'}
          </Button>
          <Button variant="ghost" size="sm" aria-pressed={view.wrap} onClick={() => onAdjust({ wrap: !view.wrap })}>
            <WrapText aria-hidden />
            <span className="max-sm:sr-only">Wrap</span>
          </Button>
          <ColumnsMenu view={view} onAdjust={onAdjust} />
        </>
      ) : null}
    </div>
  );
}

import { Keyboard, ZoomOut } from 'lucide-react';
import {
  lazy,
  type ReactNode,
  type RefObject,
  Suspense,
  useCallback,
  useEffect,
  useMemo,
  useRef,
  useState,
} from 'react';
import { PageHeader } from '../../app/page-header.tsx';
import { loadAhead } from '../../lib/load-ahead.ts';
import { serverNow } from '../../lib/server-clock.ts';
import { absoluteRange, resolveRange, zoomOut } from '../../lib/time-range.ts';
import { useHotkeys } from '../../lib/use-hotkeys.ts';
import type { Run } from '../../lib/use-run.ts';
import type { CodeEditorHandle } from '../../ui/code-editor/code-editor.tsx';
import { IconButton } from '../../ui/icon-button.tsx';
import { ProgressLine } from '../../ui/progress-line.tsx';
import { RefreshControl } from '../../ui/refresh-control.tsx';
import { TimePicker } from '../../ui/time-picker.tsx';
import { ColumnToggleContext } from './detail/column-toggle.ts';
import { OpenContext } from './detail/open-context.ts';
import { ExplorerFacets } from './facets/explorer-facets.tsx';
import { useFacetsToggle } from './facets/use-facets-toggle.ts';
import { LogVolume } from './histogram/log-volume.tsx';
import { OtherResults } from './other-results.tsx';
import { searchedTexts } from './query/edit-query.ts';
import { QueryBar } from './query/query-bar.tsx';
import { ResultsArea } from './results-area.tsx';
import { SurroundingLogs } from './surrounding-logs.tsx';
import { gridTemplate, leastWidth, shownColumns } from './table/columns.ts';
import type { RowSetting } from './table/log-row.tsx';
import type { LogTableHandle } from './table/log-table.tsx';
import { ExplorerBar } from './toolbar/explorer-bar.tsx';
import { type Explorer, useExplorer } from './use-explorer.ts';
import { useRowMoves } from './use-row-moves.ts';
import type { LogsView, RowRef } from './view/logs-view.ts';
import type { LogsViewControl } from './view/use-logs-view.ts';
import type { ColumnSetting } from './view/view-columns.ts';

const LogsKeys = lazy(async () => ({ default: (await import('./logs-keys.tsx')).LogsKeys }));

// Nobody opens a log before the list is there, so its code comes after the list's.
const loadDetail = async () => ({ default: (await import('./detail-place.tsx')).DetailPlace });
const DetailPlace = lazy(loadDetail);

function useRowSetting(
  { wrap, query }: LogsView,
  labels: readonly ColumnSetting[],
  isWide: boolean,
  onFilter: RowSetting['onFilter'],
): RowSetting {
  return useMemo(() => {
    const columns = shownColumns(labels);
    return {
      columns,
      template: gridTemplate(columns),
      minWidthPx: leastWidth(columns),
      wrap,
      isNarrow: !isWide,
      searched: searchedTexts(query),
      onFilter,
    };
  }, [labels, wrap, query, isWide, onFilter]);
}

/** Everything that changes the view as a whole, in the page's top line. */
function HeaderControls({
  control,
  run,
  isPaused,
  onHelp,
  onZoomOut,
}: {
  readonly control: LogsViewControl;
  readonly run: Run;
  readonly isPaused: boolean;
  readonly onHelp: () => void;
  readonly onZoomOut: () => void;
}): ReactNode {
  const { view, go, adjust } = control;
  return (
    <PageHeader title="Logs">
      <IconButton label="Keys" shortcut="?" className="max-md:hidden" onClick={onHelp}>
        <Keyboard aria-hidden />
      </IconButton>
      <IconButton label="Double the span" className="max-md:ml-auto" onClick={onZoomOut}>
        <ZoomOut aria-hidden />
      </IconButton>
      <TimePicker range={view.range} resolved={run.range} onChange={(range) => go({ range })} />
      <RefreshControl
        seconds={view.refresh}
        isPaused={isPaused && view.refresh > 0}
        pauseNote="It pauses while you read further down or have a log open."
        onRefresh={run.refresh}
        onChange={(refresh) => adjust({ refresh })}
      />
    </PageHeader>
  );
}

function usePageKeys(
  control: LogsViewControl,
  run: Run,
  field: RefObject<CodeEditorHandle | null>,
  {
    move,
    close,
    help,
    facets,
  }: {
    readonly move: (by: 1 | -1) => void;
    readonly close: () => void;
    readonly help: () => void;
    readonly facets: () => void;
  },
): void {
  const { now, turn, toggleWrap } = control;
  const closeOpenLog = (): void => {
    // A dialog hears its own Escape.
    if (now().row !== undefined && document.querySelector('dialog[open]') === null) {
      close();
    }
  };
  useHotkeys({
    '/': (event) => {
      event.preventDefault();
      field.current?.focus();
    },
    '?': help,
    Escape: closeOpenLog,
    // Other results have steps of their own.
    j: () => (now().show === 'logs' ? move(1) : undefined),
    k: () => (now().show === 'logs' ? move(-1) : undefined),
    w: toggleWrap,
    o: turn,
    b: facets,
    r: run.refresh,
  });
}

/** The open log, beside the list or over it. */
function OpenLog({
  explorer: { selection, results, filters, columns },
  detail,
  onMove,
  onClose,
}: {
  readonly explorer: Explorer;
  readonly detail: RefObject<HTMLElement | null>;
  readonly onMove: (by: 1 | -1) => void;
  readonly onClose: () => void;
}): ReactNode {
  const { index, selected } = selection;
  const hasRows = results.rows.length > 0;
  useEffect(() => {
    if (hasRows) {
      loadAhead(loadDetail);
    }
  }, [hasRows]);
  return selected === undefined ? null : (
    <Suspense fallback={null}>
      <ColumnToggleContext value={columns.inDetail}>
        <DetailPlace
          ref={detail}
          selected={selected}
          moves={{ onMove, onClose, hasPrevious: index > 0, hasNext: index + 1 < results.rows.length }}
          onFilter={filters.filter}
        />
      </ColumnToggleContext>
    </Suspense>
  );
}

/** The log explorer. */
export function LogsPage(): ReactNode {
  const explorer = useExplorer();
  const { orgId, control, run, results, isLogs, volume, selection, filters, columns, layout } = explorer;
  const { view, now, go, selectRow } = control;
  const [showsHelp, setShowsHelp] = useState(false);
  const field = useRef<CodeEditorHandle>(null);
  const table = useRef<LogTableHandle>(null);
  const detail = useRef<HTMLElement>(null);
  const { open, move } = useRowMoves(results.rows, control);
  const facets = useFacetsToggle(explorer);
  const setting = useRowSetting(view, columns.columns, explorer.isWide, filters.toggle);
  const close = useCallback(() => {
    selectRow(undefined);
    table.current?.focus();
  }, [selectRow]);
  const help = (): void => setShowsHelp(true);
  // Whoever sees something else does not wait for the logs.
  const isSearching = results.isLoading && explorer.show === 'logs';
  const openContext = useCallback((around: RowRef) => go({ row: now().row, around }), [go, now]);
  const zoomOutOnce = (): void => go({ range: zoomOut(resolveRange(now().range, serverNow()), serverNow()) });
  usePageKeys(control, run, field, { move, close, help, facets: facets.toggle });

  return (
    <OpenContext value={openContext}>
      <HeaderControls control={control} run={run} isPaused={explorer.isPaused} onHelp={help} onZoomOut={zoomOutOnce} />
      <QueryBar
        orgId={orgId}
        range={run.range}
        query={view.query}
        queryNow={() => now().query}
        field={field}
        error={results.error?.code === 'invalid-query' ? results.error : undefined}
        isRunning={isSearching}
        hasChips={layout.chips}
        parsed={explorer.parsed}
        onRun={filters.run}
        onCancel={results.cancel}
      />
      <div className="flex min-h-0 flex-1">
        <ExplorerFacets explorer={explorer} place={facets} />
        <div className="relative flex min-w-0 flex-1 flex-col">
          <ProgressLine active={isSearching} label="Searching" />
          {isLogs && explorer.show !== 'live' && (results.error === undefined || volume.answer !== undefined) ? (
            <LogVolume
              volume={results.error === undefined ? volume : { ...volume, error: undefined }}
              range={run.range}
              query={view.query}
              marked={explorer.show === 'differences' ? view.span : undefined}
              comparesFirst={explorer.show === 'differences'}
              onCompare={(startMs, endMs) => go({ show: 'differences', span: { startMs, endMs } })}
              onZoom={(startMs, endMs) => go({ range: absoluteRange(startMs, endMs) })}
              onFilter={(level, exclude) => filters.toggle('level', level, exclude)}
            />
          ) : null}
          <ExplorerBar explorer={explorer} facets={facets} />
          <OtherResults explorer={explorer} setting={setting} />
          {explorer.show === 'logs' ? (
            <ResultsArea
              orgId={orgId}
              view={view}
              run={run}
              results={results}
              setting={setting}
              selectedIndex={selection.index}
              table={table}
              onGo={go}
              onZoomOut={zoomOutOnce}
              onOpen={open}
              onTurn={control.turn}
              onColumns={columns.inHeader}
              onMove={move}
              onOpenSelected={() => detail.current?.focus()}
              onScrolled={explorer.onScrolled}
            />
          ) : null}
        </div>
        {explorer.show === 'logs' ? (
          <OpenLog explorer={explorer} detail={detail} onMove={move} onClose={close} />
        ) : null}
      </div>
      <SurroundingLogs explorer={explorer} />
      <Suspense fallback={null}>{showsHelp ? <LogsKeys onClose={() => setShowsHelp(false)} /> : null}</Suspense>
    </OpenContext>
  );
}

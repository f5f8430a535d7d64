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
import { useOrgId } from '../../app/use-org-id.ts';
import { serverNow } from '../../lib/server-clock.ts';
import { absoluteRange, zoomOut } from '../../lib/time-range.ts';
import { useHotkeys } from '../../lib/use-hotkeys.ts';
import { useMediaQuery, WIDE } from '../../lib/use-media-query.ts';
import { type Run, useRun } from '../../lib/use-run.ts';
import { IconButton } from '../../ui/icon-button.tsx';
import { ProgressLine } from '../../ui/progress-line.tsx';
import { RefreshControl } from '../../ui/refresh-control.tsx';
import { TimePicker } from '../../ui/time-picker.tsx';
import { LogVolume } from './histogram/log-volume.tsx';
import { isLogQuery, searchedTexts } from './query/edit-query.ts';
import { QueryBar } from './query/query-bar.tsx';
import { ResultsArea } from './results-area.tsx';
import { gridTemplate, shownColumns } from './table/columns.ts';
import type { RowSetting } from './table/log-row.tsx';
import type { LogTableHandle } from './table/log-table.tsx';
import { ResultBar } from './toolbar/result-bar.tsx';
import { ViewsMenu } from './toolbar/views-menu.tsx';
import { type LogFilters, useLogFilters } from './use-log-filters.ts';
import { useLogHistogram } from './use-log-histogram.ts';
import { useLogSearch } from './use-log-search.ts';
import { useRowMoves } from './use-row-moves.ts';
import { useSelectedLog } from './use-selected-log.ts';
import type { LogsView } from './view/logs-view.ts';
import { type LogsViewControl, useLogsView } from './view/use-logs-view.ts';

const KeysHelp = lazy(async () => ({ default: (await import('./keys-help.tsx')).KeysHelp }));

// Nobody opens a log before the list is there, so its code comes after the list's.
const loadDetail = async () => ({ default: (await import('./detail-place.tsx')).DetailPlace });
const DetailPlace = lazy(loadDetail);

/** Bars of the histogram, by the room there is. */
const BARS_WIDE = 120;
const BARS_NARROW = 60;

function useRowSetting(view: LogsView, isWide: boolean, onFilter: RowSetting['onFilter']): RowSetting {
  const { columns: optional, wrap, query } = view;
  return useMemo(() => {
    const columns = shownColumns(optional);
    return {
      columns,
      template: gridTemplate(columns),
      wrap,
      isNarrow: !isWide,
      searched: searchedTexts(query),
      onFilter,
    };
  }, [optional, wrap, query, isWide, onFilter]);
}

/** Everything that changes the view as a whole, in the page's top line. */
function HeaderControls({
  control,
  run,
  isPaused,
  onHelp,
}: {
  readonly control: LogsViewControl;
  readonly run: Run;
  readonly isPaused: boolean;
  readonly onHelp: () => void;
}): ReactNode {
  const { view, go, adjust } = control;
  return (
    <PageHeader title="Logs">
      <IconButton label="Keys" shortcut="?" className="max-md:hidden" onClick={onHelp}>
        <Keyboard aria-hidden />
      </IconButton>
      <IconButton
        label="Double the span"
        className="max-md:ml-auto"
        onClick={() => go({ range: zoomOut(run.range, serverNow()) })}
      >
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
  field: RefObject<HTMLTextAreaElement | null>,
  { move, close, help }: { readonly move: (by: 1 | -1) => void; readonly close: () => void; readonly help: () => void },
): void {
  const { view, adjust } = control;
  const closeOpenLog = (): void => {
    // A dialog hears its own Escape.
    if (view.row !== undefined && document.querySelector('dialog[open]') === null) {
      close();
    }
  };
  useHotkeys({
    '/': (event) => {
      event.preventDefault();
      field.current?.focus();
      field.current?.select();
    },
    '?': help,
    Escape: closeOpenLog,
    j: () => move(1),
    k: () => move(-1),
    w: () => adjust({ wrap: !view.wrap }),
    o: () => adjust({ direction: view.direction === 'backward' ? 'forward' : 'backward' }),
    r: run.refresh,
  });
}

/** The log explorer. */
export function LogsPage(): ReactNode {
  const orgId = useOrgId();
  const control = useLogsView();
  const { view, go, adjust, selectRow } = control;
  const isWide = useMediaQuery(WIDE);
  const [isAtTop, setAtTop] = useState(true);
  const [showsHelp, setShowsHelp] = useState(false);
  const field = useRef<HTMLTextAreaElement>(null);
  const table = useRef<LogTableHandle>(null);
  const detail = useRef<HTMLElement>(null);

  const isPaused = !isAtTop || view.row !== undefined;
  const run = useRun(view, orgId, isPaused);
  const results = useLogSearch(orgId, view.query, view.direction, run);
  const isLogs = isLogQuery(view.query);
  const volume = useLogHistogram(orgId, view.query, run, isWide ? BARS_WIDE : BARS_NARROW, isLogs);
  const selection = useSelectedLog(orgId, view, results.rows, results.isLoading);
  const filters: LogFilters = useLogFilters(orgId, control, run.refresh);
  const { open, move } = useRowMoves(results.rows, selection.index, selectRow);
  const setting = useRowSetting(view, isWide, filters.toggle);
  const close = useCallback(() => {
    selectRow(undefined);
    table.current?.focus();
  }, [selectRow]);
  usePageKeys(control, run, field, { move, close, help: () => setShowsHelp(true) });
  const hasRows = results.rows.length > 0;
  useEffect(() => {
    if (hasRows) {
      void loadDetail();
    }
  }, [hasRows]);
  const onZoomOut = (): void => go({ range: zoomOut(run.range, serverNow()) });
  const queryError = results.error?.code === 'invalid-query' ? results.error : undefined;

  return (
    <>
      <HeaderControls control={control} run={run} isPaused={isPaused} onHelp={() => setShowsHelp(true)} />
      <QueryBar
        orgId={orgId}
        query={view.query}
        field={field}
        error={queryError}
        isRunning={results.isLoading}
        onRun={filters.run}
        onCancel={results.cancel}
      />
      <div className="flex min-h-0 flex-1">
        <div className="relative flex min-w-0 flex-1 flex-col">
          <ProgressLine active={results.isLoading} label="Searching" />
          {isLogs ? (
            <LogVolume
              volume={results.error === undefined ? volume : { ...volume, error: undefined }}
              range={run.range}
              query={view.query}
              onZoom={(startMs, endMs) => go({ range: absoluteRange(startMs, endMs) })}
              onFilter={(level, exclude) => filters.toggle('level', level, exclude)}
            />
          ) : null}
          <ResultBar
            view={view}
            results={results}
            total={isLogs ? volume.answer?.total : undefined}
            views={<ViewsMenu orgId={orgId} view={view} onGo={go} />}
            onAdjust={adjust}
          />
          <ResultsArea
            orgId={orgId}
            view={view}
            run={run}
            results={results}
            setting={setting}
            selectedIndex={selection.index}
            table={table}
            onGo={go}
            onZoomOut={onZoomOut}
            onOpen={open}
            onTurn={() => adjust({ direction: view.direction === 'backward' ? 'forward' : 'backward' })}
            onMove={move}
            onOpenSelected={() => detail.current?.focus()}
            onScrolled={setAtTop}
          />
        </div>
        {selection.selected === undefined ? null : (
          <Suspense fallback={null}>
            <DetailPlace
              ref={detail}
              selected={selection.selected}
              moves={{
                onMove: move,
                onClose: close,
                hasPrevious: selection.index > 0,
                hasNext: selection.index + 1 < results.rows.length,
              }}
              onFilter={filters.filter}
            />
          </Suspense>
        )}
      </div>
      <Suspense fallback={null}>{showsHelp ? <KeysHelp onClose={() => setShowsHelp(false)} /> : null}</Suspense>
    </>
  );
}

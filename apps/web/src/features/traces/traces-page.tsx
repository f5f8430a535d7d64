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
import { useNavigate } from 'react-router';
import { PageHeader } from '../../app/page-header.tsx';
import { tracePath } from '../../app/paths.ts';
import { loadAhead } from '../../lib/load-ahead.ts';
import { absoluteRange } from '../../lib/time-range.ts';
import { useHotkeys } from '../../lib/use-hotkeys.ts';
import type { CodeEditorHandle } from '../../ui/code-editor/code-editor.tsx';
import { IconButton } from '../../ui/icon-button.tsx';
import { ProgressLine } from '../../ui/progress-line.tsx';
import { RefreshControl } from '../../ui/refresh-control.tsx';
import { Skeleton } from '../../ui/skeleton.tsx';
import { TimePicker } from '../../ui/time-picker.tsx';
import { ChartPlaceholder } from './charts/chart-placeholder.tsx';
import { ExplorerFacets } from './facets/explorer-facets.tsx';
import { CompareBar } from './list/compare-bar.tsx';
import { rowKeys } from './list/row-keys.ts';
import { QueryBar } from './query/query-bar.tsx';
import { ResultsArea } from './results-area.tsx';
import { ResultBar } from './toolbar/result-bar.tsx';
import { TracesTabs } from './traces-tabs.tsx';
import { type TracesExplorer, useTracesExplorer } from './use-traces-explorer.ts';
import { TRACE_CHARTS } from './view/traces-view.ts';

const TracesKeys = lazy(async () => ({ default: (await import('./traces-keys.tsx')).TracesKeys }));
// Charts, and how queries are read, come while spans are counted.
const TraceCharts = lazy(async () => ({ default: (await import('./charts/trace-charts.tsx')).TraceCharts }));
const MetricsResult = lazy(async () => ({ default: (await import('./metrics/metrics-result.tsx')).MetricsResult }));

/** Everything that changes the view as a whole, in the page's top line. */
function HeaderControls({
  explorer: { address, run, isPaused, zoomOut },
  onHelp,
}: {
  readonly explorer: TracesExplorer;
  readonly onHelp: () => void;
}): ReactNode {
  const { view, change } = address;
  return (
    <PageHeader title="Traces">
      <IconButton label="Keys" shortcut="?" className="max-md:hidden" onClick={onHelp}>
        <Keyboard aria-hidden />
      </IconButton>
      <IconButton label="Double the span" className="max-md:ml-auto" onClick={zoomOut}>
        <ZoomOut aria-hidden />
      </IconButton>
      <TimePicker range={view.range} resolved={run.range} onChange={(range) => change({ range })} />
      <RefreshControl
        seconds={view.refresh}
        isPaused={isPaused && view.refresh > 0}
        pauseNote="It pauses while you read further down."
        onRefresh={run.refresh}
        onChange={(refresh) => change({ refresh }, true)}
      />
    </PageHeader>
  );
}

function usePageKeys(
  { address: { now, change }, run, facets }: TracesExplorer,
  field: RefObject<CodeEditorHandle | null>,
  list: RefObject<HTMLDivElement | null>,
  onHelp: () => void,
): void {
  const rows = useMemo(() => rowKeys(list), [list]);
  useHotkeys({
    ...rows,
    '/': (event) => {
      event.preventDefault();
      field.current?.focus();
    },
    '?': onHelp,
    o: () => change({ sort: now().sort === 'newest' ? 'slowest' : 'newest' }, true),
    c: () => {
      const next = (TRACE_CHARTS.indexOf(now().chart) + 1) % TRACE_CHARTS.length;
      change({ chart: TRACE_CHARTS[next] ?? 'time' }, true);
    },
    b: facets.toggle,
    r: run.refresh,
  });
}

/** Traces that are compared: the last two that were picked. */
function usePicked() {
  const [picked, setPicked] = useState<readonly string[]>([]);
  const pick = useCallback((traceId: string) => {
    setPicked((before) =>
      before.includes(traceId) ? before.filter((each) => each !== traceId) : [...before, traceId].slice(-2),
    );
  }, []);
  return { picked, pick, clear: () => setPicked([]) };
}

/** What the query found: its spans together, and its traces. */
function Found({
  explorer,
  list,
}: {
  readonly explorer: TracesExplorer;
  readonly list: RefObject<HTMLDivElement | null>;
}): ReactNode {
  const { orgId, address, run, results, overview, editQuery } = explorer;
  const { view, change } = address;
  const navigate = useNavigate();
  const { picked, pick, clear } = usePicked();
  return (
    <>
      <Suspense fallback={<ChartPlaceholder />}>
        <TraceCharts
          chart={view.chart}
          query={view.query}
          overview={overview}
          traces={results.traces}
          range={run.range}
          onChart={(chart) => change({ chart }, true)}
          onEdit={editQuery}
          onZoom={(startMs, endMs) => change({ range: absoluteRange(startMs, endMs) })}
          onOpen={({ traceId }) => void navigate(tracePath(orgId, traceId))}
        />
      </Suspense>
      <ResultBar explorer={explorer} />
      <ResultsArea explorer={explorer} list={list} picked={picked} onPick={pick} />
      <CompareBar orgId={orgId} picked={picked} onClear={clear} />
    </>
  );
}

/** Gets what shows a trace while nothing else is to be loaded, so that the click on one waits for its spans alone. */
function useTraceSoon(isBusy: boolean): void {
  useEffect(() => {
    if (!isBusy) {
      loadAhead(async () => (await import('../trace/trace-page.tsx')).loadTraceViews());
    }
  }, [isBusy]);
}

/** The traces explorer. */
export function TracesPage(): ReactNode {
  const explorer = useTracesExplorer();
  const { orgId, address, run, isMetrics, results, runQuery } = explorer;
  const { view, now, change } = address;
  const [showsHelp, setShowsHelp] = useState(false);
  const field = useRef<CodeEditorHandle>(null);
  const list = useRef<HTMLDivElement>(null);
  const help = (): void => setShowsHelp(true);
  usePageKeys(explorer, field, list, help);
  useTraceSoon(results.isLoading);
  return (
    <>
      <HeaderControls explorer={explorer} onHelp={help} />
      <TracesTabs orgId={orgId} range={view.range} />
      <QueryBar
        orgId={orgId}
        range={run.range}
        query={view.query}
        queryNow={() => now().query}
        field={field}
        error={!isMetrics && results.error?.code === 'invalid-query' ? results.error : undefined}
        isRunning={!isMetrics && results.isLoading}
        hasForm={explorer.layout.form}
        onRun={runQuery}
        onCancel={results.cancel}
      />
      <div className="flex min-h-0 flex-1">
        <ExplorerFacets explorer={explorer} />
        <div className="relative flex min-w-0 flex-1 flex-col">
          <ProgressLine active={!isMetrics && results.isLoading} label="Searching" />
          {isMetrics ? (
            <>
              <ResultBar explorer={explorer} />
              <Suspense fallback={<Skeleton className="m-3 h-80" />}>
                <MetricsResult
                  orgId={orgId}
                  query={view.query}
                  run={run}
                  onZoom={(startMs, endMs) => change({ range: absoluteRange(startMs, endMs) })}
                  onZoomOut={explorer.zoomOut}
                />
              </Suspense>
            </>
          ) : (
            <Found explorer={explorer} list={list} />
          )}
        </div>
      </div>
      <Suspense fallback={null}>{showsHelp ? <TracesKeys onClose={() => setShowsHelp(false)} /> : null}</Suspense>
    </>
  );
}

import { ChartSpline, ListTree, ZoomOut } from 'lucide-react';
import { lazy, type ReactNode, Suspense, useCallback, useState } from 'react';
import { useNavigate } from 'react-router';
import { MetricsTabs } from '../../app/metrics-tabs.tsx';
import { PageHeader } from '../../app/page-header.tsx';
import { useOrgId } from '../../app/use-org-id.ts';
import type { ChartExemplar, ChartRange } from '../../charts/metrics/frame.ts';
import { asApiError } from '../../lib/api-error.ts';
import { classNames } from '../../lib/class-names.ts';
import { serverNow } from '../../lib/server-clock.ts';
import { absoluteRange, zoomOut } from '../../lib/time-range.ts';
import { useHotkeys } from '../../lib/use-hotkeys.ts';
import { useMediaQuery, WIDE } from '../../lib/use-media-query.ts';
import { type Run, useRun } from '../../lib/use-run.ts';
import { Button } from '../../ui/button.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { ErrorState } from '../../ui/error-state.tsx';
import { IconButton } from '../../ui/icon-button.tsx';
import { ProgressLine } from '../../ui/progress-line.tsx';
import { RefreshControl } from '../../ui/refresh-control.tsx';
import { Sheet } from '../../ui/sheet.tsx';
import { Skeleton } from '../../ui/skeleton.tsx';
import { TimePicker } from '../../ui/time-picker.tsx';
import { exemplarPath } from '../traces/list/trace-links.ts';
import { printBuilderQuery } from './builder/print-builder-query.ts';
import type { CatalogueMetric } from './catalogue/catalogue.ts';
import { defaultQuery, defaultUnit } from './catalogue/default-query.ts';
import { useCatalogue } from './catalogue/use-catalogue.ts';
import { useMetricChoice } from './catalogue/use-metric-choice.ts';
import { QueryList } from './query/query-list.tsx';
import { gridOf, useExploration } from './use-exploration.ts';
import { freeRef } from './view/metrics-view.ts';
import { type MetricsViewControl, useMetricsView } from './view/use-metrics-view.ts';
import { MetricViewsMenu } from './view/views-menu.tsx';

// The list comes while its metrics are on their way; charts, and how they are drawn, while the first answer is.
const CataloguePanel = lazy(async () => ({
  default: (await import('./catalogue/catalogue-panel.tsx')).CataloguePanel,
}));
const DisplayBar = lazy(async () => ({ default: (await import('./results/display-bar.tsx')).DisplayBar }));
const ShareMenu = lazy(async () => ({ default: (await import('./results/share-menu.tsx')).ShareMenu }));
const AnswerView = lazy(async () => ({ default: (await import('./results/answer-view.tsx')).AnswerView }));

function HeaderControls({ control, run }: { readonly control: MetricsViewControl; readonly run: Run }): ReactNode {
  const { view, go, adjust } = control;
  return (
    <PageHeader title="Metrics">
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
        isPaused={false}
        onRefresh={run.refresh}
        onChange={(refresh) => adjust({ refresh })}
      />
    </PageHeader>
  );
}

/** Puts a metric's default query into the first empty query, or behind the others. */
function useChoice(orgId: string, { now, go }: MetricsViewControl, run: Run): (metric: CatalogueMetric) => void {
  return useMetricChoice(orgId, run.range, (metric, labels) => {
    const text = printBuilderQuery(defaultQuery(metric, labels));
    const { queries } = now();
    const empty = queries.find((query) => query.text === '' && !query.isFormula);
    const isSingle = queries.length === 1;
    const target = empty ?? (isSingle ? queries[0] : undefined);
    const unit = isSingle ? { unit: defaultUnit(metric) } : {};
    go({
      ...unit,
      queries:
        target === undefined
          ? [...queries, { ref: freeRef(queries), isFormula: false, text, legend: '', isHidden: false }]
          : queries.map((query) => (query === target ? { ...query, isFormula: false, text, legend: '' } : query)),
    });
  });
}

/** The metrics explorer. */
export function MetricsPage(): ReactNode {
  const orgId = useOrgId();
  const control = useMetricsView();
  const { view, go, adjust } = control;
  const { range, refresh } = view;
  const isWide = useMediaQuery(WIDE);
  const [isBrowsing, setBrowsing] = useState(false);
  const run = useRun({ query: '', range, refresh }, orgId, false);
  const exploration = useExploration(orgId, view, run);
  const { metrics, error, retry } = useCatalogue(orgId, run);
  const choose = useChoice(orgId, control, run);
  useHotkeys({ r: run.refresh });
  const catalogue = (
    <Suspense fallback={null}>
      <CataloguePanel
        metrics={metrics}
        error={error}
        onRetry={retry}
        onChoose={(metric) => {
          setBrowsing(false);
          choose(metric);
        }}
      />
    </Suspense>
  );
  return (
    <>
      <HeaderControls control={control} run={run} />
      <MetricsTabs orgId={orgId} />
      <div className="flex min-h-0 flex-1">
        {isWide ? (
          <aside aria-label="Metrics catalogue" className="w-72 shrink-0 border-line border-r bg-surface">
            {catalogue}
          </aside>
        ) : null}
        <div className="scrollbar-slim relative min-w-0 flex-1 overflow-y-auto bg-surface">
          <ProgressLine active={exploration.isFetching} label="Evaluating" />
          <QueryList orgId={orgId} range={run.range} control={control} outcomes={exploration.data?.outcomes ?? []}>
            {isWide ? null : (
              <Button size="sm" onClick={() => setBrowsing(true)}>
                <ListTree aria-hidden />
                Browse metrics
              </Button>
            )}
          </QueryList>
          <Suspense fallback={<div className="h-[41px] border-line border-b" />}>
            <DisplayBar view={view} unit={view.unit ?? ''} stepMs={gridOf(run, 0).stepMs} onAdjust={adjust}>
              <MetricViewsMenu orgId={orgId} view={view} onGo={go} />
              <ShareMenu orgId={orgId} view={view} run={run} />
            </DisplayBar>
          </Suspense>
          <Results
            orgId={orgId}
            control={control}
            run={run}
            exploration={exploration}
            hasMetrics={metrics?.length !== 0}
          />
        </div>
      </div>
      {isBrowsing && !isWide ? (
        <Sheet label="Metrics catalogue" side="left" onClose={() => setBrowsing(false)}>
          {catalogue}
        </Sheet>
      ) : null}
    </>
  );
}

function Results({
  orgId,
  control,
  run,
  exploration,
  hasMetrics,
}: {
  readonly orgId: string;
  readonly control: MetricsViewControl;
  readonly run: Run;
  readonly exploration: ReturnType<typeof useExploration>;
  readonly hasMetrics: boolean;
}): ReactNode {
  const navigate = useNavigate();
  const { view, go } = control;
  const onZoom = useCallback(({ fromMs, toMs }: ChartRange) => go({ range: absoluteRange(fromMs, toMs) }), [go]);
  const onExemplar = useCallback(
    ({ labels }: ChartExemplar) => void navigate(exemplarPath(orgId, labels)),
    [navigate, orgId],
  );
  const { data, error } = exploration;
  if (error !== null) {
    return <ErrorState error={asApiError(error)} onRetry={run.refresh} />;
  }
  if (data === undefined) {
    return (
      <div className="p-3">
        <Skeleton className="h-96" />
      </div>
    );
  }
  if (data.outcomes.length === 0) {
    return hasMetrics ? (
      <EmptyState icon={ChartSpline} title="Choose a metric">
        The list has every metric of this time range; a click writes a query that fits its type.
      </EmptyState>
    ) : (
      <EmptyState icon={ChartSpline} title="No metrics in this time range">
        Metrics come by remote write, by OpenTelemetry or as JSON; “Send data” shows how.
      </EmptyState>
    );
  }
  const isEmpty = data.outcomes.every(
    ({ frame, error: problem }) => problem === undefined && frame?.series.length === 0 && frame.buckets.length === 0,
  );
  if (isEmpty) {
    return (
      <EmptyState icon={ChartSpline} title="No series match">
        Nothing has these labels in this time range.
      </EmptyState>
    );
  }
  return (
    <div
      aria-busy={exploration.isPlaceholderData}
      className={classNames('p-3', exploration.isPlaceholderData && 'opacity-60')}
    >
      <Suspense fallback={<Skeleton className="h-96" />}>
        <AnswerView
          view={view}
          unit={view.unit ?? ''}
          exploration={data}
          onZoom={onZoom}
          onZoomOut={() => go({ range: zoomOut(run.range, serverNow()) })}
          onExemplar={onExemplar}
        />
      </Suspense>
    </div>
  );
}

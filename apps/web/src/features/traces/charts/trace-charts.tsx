import type { TraceSummaryView } from '@aegisguard/model';
import { lazy, type ReactNode, Suspense } from 'react';
import type { ResolvedRange } from '../../../lib/time-range.ts';
import { Button } from '../../../ui/button.tsx';
import { ProgressLine } from '../../../ui/progress-line.tsx';
import { Skeleton } from '../../../ui/skeleton.tsx';
import { hasFilter, setDurations, toggleFilter } from '../query/edit-query.ts';
import type { Filter } from '../query/filter.ts';
import type { TraceOverview } from '../use-trace-overview.ts';
import type { QueryEdit } from '../use-traces-explorer.ts';
import type { TraceChartKind } from '../view/traces-view.ts';
import { BARS_PX, ChartPlaceholder } from './chart-placeholder.tsx';
import { ChartSwitch } from './chart-switch.tsx';
import { OutcomeLegend } from './outcome-legend.tsx';
import { SpansOverTime } from './spans-over-time.tsx';

// Most look at spans over time.
const DurationHistogram = lazy(async () => ({
  default: (await import('./duration-histogram.tsx')).DurationHistogram,
}));
const TraceScatter = lazy(async () => ({ default: (await import('./trace-scatter.tsx')).TraceScatter }));

const ERRORS: Filter = { field: 'status', op: '=', value: 'error' };

const SCATTER_PX = 150;

/** What the charts show, and what is done with what is chosen in them. */
export interface TraceChartsProps {
  readonly chart: TraceChartKind;
  readonly overview: TraceOverview;
  readonly traces: readonly TraceSummaryView[];
  readonly range: ResolvedRange;
  /** What has run. */
  readonly query: string;
  readonly onChart: (chart: TraceChartKind) => void;
  readonly onZoom: (startMs: number, endMs: number) => void;
  readonly onEdit: (edit: QueryEdit) => void;
  readonly onOpen: (trace: TraceSummaryView) => void;
}

function Chart(props: TraceChartsProps & { readonly lead: ReactNode }): ReactNode {
  const { chart, query, overview, lead, onEdit } = props;
  const { answer, error } = overview;
  if (chart === 'scatter') {
    return <TraceScatter {...props} heightPx={SCATTER_PX} />;
  }
  if (answer === undefined) {
    return (
      <ChartPlaceholder lead={lead}>
        {error === undefined ? (
          overview.isLoading ? (
            <Skeleton className="h-full w-full" />
          ) : null
        ) : error.code === 'invalid-query' ? null : (
          <>
            Spans could not be counted: {error.title}.
            <Button size="sm" onClick={overview.retry}>
              Try again
            </Button>
          </>
        )}
      </ChartPlaceholder>
    );
  }
  const shared = {
    answer,
    heightPx: BARS_PX,
    legend: (counts: Readonly<Partial<Record<'error' | 'other', number>>>) => (
      <>
        {lead}
        <OutcomeLegend
          counts={counts}
          isFiltered={hasFilter(query, ERRORS)}
          onErrors={() => onEdit((_, now) => toggleFilter(now, ERRORS))}
        />
      </>
    ),
  };
  return chart === 'durations' ? (
    <DurationHistogram
      {...shared}
      onDurations={(aboveMs, upToMs) => onEdit((_, now) => setDurations(now, aboveMs, upToMs))}
    />
  ) : (
    <SpansOverTime {...shared} range={props.range} onZoom={props.onZoom} />
  );
}

/** What the found spans look like together: over time, by duration, or trace by trace. */
export function TraceCharts(props: TraceChartsProps): ReactNode {
  const lead = <ChartSwitch chart={props.chart} onChart={props.onChart} />;
  return (
    <div className="relative shrink-0 border-line border-b bg-surface">
      <ProgressLine active={props.overview.isLoading} label="Counting spans" />
      <Suspense fallback={<ChartPlaceholder lead={lead} />}>
        <Chart {...props} lead={lead} />
      </Suspense>
    </div>
  );
}

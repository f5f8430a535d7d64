import type { TraceSummaryView } from '@aegisguard/model';
import { lazy, type ReactNode, Suspense } from 'react';
import type { ResolvedRange } from '../../../lib/time-range.ts';
import { Button } from '../../../ui/button.tsx';
import { ProgressLine } from '../../../ui/progress-line.tsx';
import { Skeleton } from '../../../ui/skeleton.tsx';
import type { TraceOverview } from '../use-trace-overview.ts';
import type { TraceChartKind } from '../view/traces-view.ts';
import { ChartSwitch } from './chart-switch.tsx';
import { OutcomeLegend } from './outcome-legend.tsx';
import { SpansOverTime } from './spans-over-time.tsx';

// Most look at spans over time.
const DurationHistogram = lazy(async () => ({
  default: (await import('./duration-histogram.tsx')).DurationHistogram,
}));
const TraceScatter = lazy(async () => ({ default: (await import('./trace-scatter.tsx')).TraceScatter }));

const BARS_PX = 76;
const SCATTER_PX = 150;

/** What the charts show, and what is done with what is chosen in them. */
export interface TraceChartsProps {
  readonly chart: TraceChartKind;
  readonly overview: TraceOverview;
  readonly traces: readonly TraceSummaryView[];
  readonly range: ResolvedRange;
  /** The query asks for errors only. */
  readonly isErrors: boolean;
  readonly onChart: (chart: TraceChartKind) => void;
  readonly onErrors: () => void;
  readonly onZoom: (startMs: number, endMs: number) => void;
  readonly onDurations: (aboveMs: number | undefined, upToMs: number | undefined) => void;
  readonly onOpen: (trace: TraceSummaryView) => void;
}

/** Where a chart will be, with the switch between charts and what there is to say. */
function Placeholder({ lead, children }: { readonly lead: ReactNode; readonly children?: ReactNode }): ReactNode {
  return (
    <div className="px-3 pt-1.5 pb-1">
      <div className="-mx-1.5 flex min-h-6 items-center">{lead}</div>
      <div style={{ height: BARS_PX + 16 }} className="flex items-center justify-center gap-2 text-muted text-xs">
        {children}
      </div>
    </div>
  );
}

function Chart(props: TraceChartsProps & { readonly lead: ReactNode }): ReactNode {
  const { chart, overview, lead } = props;
  const { answer, error } = overview;
  if (chart === 'scatter') {
    return <TraceScatter {...props} heightPx={SCATTER_PX} />;
  }
  if (answer === undefined) {
    return (
      <Placeholder lead={lead}>
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
      </Placeholder>
    );
  }
  const shared = {
    answer,
    heightPx: BARS_PX,
    legend: (counts: Readonly<Partial<Record<'error' | 'other', number>>>) => (
      <>
        {lead}
        <OutcomeLegend counts={counts} isFiltered={props.isErrors} onErrors={props.onErrors} />
      </>
    ),
  };
  return chart === 'durations' ? (
    <DurationHistogram {...shared} onDurations={props.onDurations} />
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
      <Suspense fallback={<Placeholder lead={lead} />}>
        <Chart {...props} lead={lead} />
      </Suspense>
    </div>
  );
}

import type { TraceMetricsAnswer } from '@aegisguard/model';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { ChartSpline } from 'lucide-react';
import { type ReactNode, useCallback, useMemo } from 'react';
import { useNavigate } from 'react-router';
import { DEFAULT_CHART_OPTIONS } from '../../../charts/metrics/chart-options.ts';
import type { ChartExemplar, Frame } from '../../../charts/metrics/frame.ts';
import { Heatmap } from '../../../charts/metrics/heatmap.tsx';
import { MetricChart } from '../../../charts/metrics/metric-chart.tsx';
import { asApiError } from '../../../lib/api-error.ts';
import { classNames } from '../../../lib/class-names.ts';
import { formatBytes, formatCount, formatElapsed } from '../../../lib/number-format.ts';
import type { Run } from '../../../lib/use-run.ts';
import { EmptyState } from '../../../ui/empty-state.tsx';
import { ErrorState } from '../../../ui/error-state.tsx';
import { ProgressLine } from '../../../ui/progress-line.tsx';
import { Skeleton } from '../../../ui/skeleton.tsx';
import { autoStepMs, stepWords } from '../../metrics/view/query-step.ts';
import { exemplarPath } from '../list/trace-links.ts';
import { traceMetrics } from '../traces-api.ts';
import { comparedFields } from './compared-values.ts';
import { Comparison } from './comparison.tsx';
import { displayOf, heatFrame, traceExemplars, traceFrame } from './trace-frame.ts';

const HEIGHT_PX = 340;

/** What a query of numbers is shown by. */
interface MetricsResultProps {
  readonly orgId: string;
  readonly query: string;
  readonly run: Run;
  readonly onZoom: (startMs: number, endMs: number) => void;
  readonly onZoomOut: () => void;
}

function framesOf(
  answer: TraceMetricsAnswer,
  {
    query,
    shape,
    stepMs,
  }: Pick<ReturnType<typeof displayOf>, 'shape'> & {
    readonly query: string;
    readonly stepMs: number;
  },
): readonly Frame[] {
  if (shape === 'comparison') {
    // It has a series for every value of every field, and is no chart.
    return [];
  }
  return [shape === 'heatmap' ? heatFrame(answer, query, stepMs) : traceFrame(answer, query)];
}

function useMetrics({ orgId, query, run }: MetricsResultProps) {
  return useQuery({
    queryKey: ['traces', 'metrics', run.id],
    queryFn: async ({ signal }) => {
      const { range } = run;
      // What is drawn stays together while the next answer is on its way.
      const display = displayOf(query);
      // A comparison is of the range as a whole, and costs the more the more steps it has.
      const stepMs = display.shape === 'comparison' ? range.endMs - range.startMs : autoStepMs(range);
      const answer = await traceMetrics(orgId, { query, range }, stepMs, signal);
      return {
        stepMs,
        frames: framesOf(answer, { query, shape: display.shape, stepMs }),
        compared: display.shape === 'comparison' ? comparedFields(answer) : [],
        seriesCount: answer.series.length,
        exemplars: traceExemplars(answer),
        stats: answer.stats,
        ...display,
      };
    },
    placeholderData: keepPreviousData,
    gcTime: 60_000,
  });
}

/** The series of a TraceQL metrics query over time, with exemplars that open their traces. */
export function MetricsResult(props: MetricsResultProps): ReactNode {
  const { orgId, run, onZoom, onZoomOut } = props;
  const navigate = useNavigate();
  const { data, error, isFetching, isPlaceholderData } = useMetrics(props);
  const unit = data?.unit ?? 'none';
  const options = useMemo(() => ({ ...DEFAULT_CHART_OPTIONS, unit }), [unit]);
  const { startMs, endMs } = run.range;
  const range = useMemo(() => ({ fromMs: startMs, toMs: endMs }), [startMs, endMs]);
  const onExemplar = useCallback(
    ({ labels }: ChartExemplar) => void navigate(exemplarPath(orgId, labels)),
    [navigate, orgId],
  );
  if (error !== null) {
    const problem = asApiError(error);
    // The query bar says what is wrong, and where.
    return problem.code === 'invalid-query' ? (
      <EmptyState icon={ChartSpline} title={problem.title}>
        The message under the query says where.
      </EmptyState>
    ) : (
      <ErrorState error={problem} onRetry={run.refresh} />
    );
  }
  if (data === undefined) {
    return <Skeleton className="m-3 h-80" />;
  }
  return (
    <div className="scrollbar-slim relative min-h-0 flex-1 overflow-y-auto bg-surface">
      <ProgressLine active={isFetching} label="Evaluating" />
      <p role="status" className="px-3 pt-2 text-subtle text-xs tabular-nums">
        <span className="text-text">{formatCount(data.seriesCount)} series</span> ·{' '}
        {data.shape === 'comparison' ? '' : `a value every ${stepWords(data.stepMs)} · `}
        {formatCount(data.stats.rowsRead)} rows, {formatBytes(data.stats.bytesRead)} read in{' '}
        {formatElapsed(data.stats.elapsedMs)}
      </p>
      {data.seriesCount === 0 ? (
        <EmptyState icon={ChartSpline} title="No series">
          No span of this time range is meant by the query.
        </EmptyState>
      ) : (
        <div
          aria-busy={isPlaceholderData}
          className={classNames('p-3', isPlaceholderData && isFetching && 'opacity-60')}
        >
          {data.shape === 'comparison' ? (
            <Comparison fields={data.compared} />
          ) : data.shape === 'heatmap' ? (
            <Heatmap
              frames={data.frames}
              options={options}
              range={range}
              height={HEIGHT_PX}
              label="Spans by value over time"
              onZoom={({ fromMs, toMs }) => onZoom(fromMs, toMs)}
            />
          ) : (
            <MetricChart
              frames={data.frames}
              options={options}
              range={range}
              height={HEIGHT_PX}
              label="Metrics of spans over time"
              exemplars={data.exemplars}
              onZoom={({ fromMs, toMs }) => onZoom(fromMs, toMs)}
              onZoomOut={onZoomOut}
              onExemplar={onExemplar}
            />
          )}
        </div>
      )}
    </div>
  );
}

import type { ServiceTimelineAnswer } from '@aegisguard/model';
import { type ReactNode, useMemo } from 'react';
import { useNavigate } from 'react-router';
import { DEFAULT_CHART_OPTIONS } from '../../charts/metrics/chart-options.ts';
import type { ChartAnnotation, ChartExemplar, ChartRange, Frame } from '../../charts/metrics/frame.ts';
import { MetricChart } from '../../charts/metrics/metric-chart.tsx';
import { Section } from '../../ui/section.tsx';
import { exemplarPath } from '../traces/list/trace-links.ts';
import { timelineFrames } from './timeline-frames.ts';

const HEIGHT_PX = 180;
const CALLS = { ...DEFAULT_CHART_OPTIONS, unit: 'reqps', min: 0, draw: 'area' } as const;
const ERRORS = { ...DEFAULT_CHART_OPTIONS, unit: 'percentunit', min: 0, draw: 'area' } as const;
const DURATIONS = { ...DEFAULT_CHART_OPTIONS, unit: 'ms', min: 0 } as const;

/** Rate, errors and durations of a service over time, with its deployments. */
export function ServiceCharts({
  orgId,
  answer,
  range,
  onZoom,
}: {
  readonly orgId: string;
  readonly answer: ServiceTimelineAnswer;
  readonly range: ChartRange;
  readonly onZoom: (range: ChartRange) => void;
}): ReactNode {
  const navigate = useNavigate();
  const frames = useMemo(() => timelineFrames(answer), [answer]);
  const openTrace = ({ labels }: ChartExemplar): void => void navigate(exemplarPath(orgId, labels));
  const isByVersion = answer.series.some(({ version }) => version !== null);
  const shared = { range, annotations: frames.deployments, onZoom };
  return (
    <div className="grid gap-3 lg:grid-cols-3">
      <Chart title="Calls" frames={frames.calls} options={CALLS} {...shared} />
      <Chart title="Errors" frames={frames.errors} options={ERRORS} {...shared} />
      <Chart
        title={isByVersion ? 'Duration, p99' : 'Duration'}
        frames={frames.durations}
        options={DURATIONS}
        exemplars={frames.slowest}
        onExemplar={openTrace}
        {...shared}
      />
    </div>
  );
}

function Chart({
  title,
  frames,
  options,
  ...chart
}: {
  readonly title: string;
  readonly frames: readonly Frame[];
  readonly options: typeof DEFAULT_CHART_OPTIONS;
  readonly range: ChartRange;
  readonly annotations: readonly ChartAnnotation[];
  readonly exemplars?: readonly ChartExemplar[];
  readonly onZoom: (range: ChartRange) => void;
  readonly onExemplar?: (exemplar: ChartExemplar) => void;
}): ReactNode {
  return (
    <Section title={title} className="p-3">
      <MetricChart
        frames={frames}
        options={options}
        height={HEIGHT_PX}
        label={`${title} over time`}
        syncKey="service"
        {...chart}
      />
    </Section>
  );
}

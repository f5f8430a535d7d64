import { type ReactNode, useMemo } from 'react';
import type { ChartExemplar, ChartRange } from '../../../charts/metrics/frame.ts';
import { Heatmap } from '../../../charts/metrics/heatmap.tsx';
import { MetricChart } from '../../../charts/metrics/metric-chart.tsx';
import { MetricTable } from '../../../charts/metrics/metric-table.tsx';
import { StatPanel } from '../../../charts/metrics/stat-panel.tsx';
import type { Exploration } from '../use-exploration.ts';
import type { MetricsView } from '../view/metrics-view.ts';
import { chartOptionsOf } from './chart-options-of.ts';

const HEIGHT_PX = 380;

/** The answers, as the view wants them shown. */
export function AnswerView({
  view,
  unit,
  exploration,
  onZoom,
  onZoomOut,
  onExemplar,
}: {
  readonly view: MetricsView;
  readonly unit: string;
  readonly exploration: Exploration;
  readonly onZoom: (range: ChartRange) => void;
  readonly onZoomOut: () => void;
  readonly onExemplar: (exemplar: ChartExemplar) => void;
}): ReactNode {
  const { display, legend, isLogScale } = view;
  const { frames, outcomes, exemplars, grid } = exploration;
  const options = useMemo(
    () => chartOptionsOf({ display, legend, isLogScale }, unit),
    [display, legend, isLogScale, unit],
  );
  const range = useMemo(() => ({ fromMs: grid.startMs, toMs: grid.endMs }), [grid]);
  const present = useMemo(() => outcomes.flatMap(({ frame }) => frame ?? []), [outcomes]);
  const names = useMemo(
    () =>
      outcomes.flatMap(({ ref, frame }) =>
        frame === undefined ? [] : [{ ref, title: present.length === 1 ? 'Value' : ref }],
      ),
    [outcomes, present],
  );
  const hasHistograms = present.some(({ buckets }) => buckets.length > 0);
  const isOnlyHistograms = hasHistograms && present.every(({ series }) => series.length === 0);
  if (display === 'table') {
    return <MetricTable frames={present} options={options} names={names} />;
  }
  if (display === 'stat') {
    return <StatPanel frames={present} options={options} />;
  }
  if (display === 'heatmap' || isOnlyHistograms) {
    return <Heatmap frames={present} options={options} range={range} height={HEIGHT_PX} onZoom={onZoom} />;
  }
  return (
    <MetricChart
      frames={frames}
      options={options}
      range={range}
      height={HEIGHT_PX}
      label="Metrics over time"
      exemplars={exemplars}
      onZoom={onZoom}
      onZoomOut={onZoomOut}
      onExemplar={onExemplar}
    />
  );
}

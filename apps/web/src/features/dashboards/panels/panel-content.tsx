import type { DashboardPanel } from '@aegisguard/model';
import { type ReactNode, useMemo } from 'react';
import { BarPanel } from '../../../charts/metrics/bar-panel.tsx';
import type { ChartOptions } from '../../../charts/metrics/chart-options.ts';
import type { ChartRange } from '../../../charts/metrics/frame.ts';
import { GaugePanel } from '../../../charts/metrics/gauge-panel.tsx';
import { Heatmap } from '../../../charts/metrics/heatmap.tsx';
import { MetricChart } from '../../../charts/metrics/metric-chart.tsx';
import { MetricTable } from '../../../charts/metrics/metric-table.tsx';
import { StatPanel } from '../../../charts/metrics/stat-panel.tsx';
import type { ElementSize } from '../../../lib/use-element-size.ts';
import type { PanelAnswers } from './ask-panel.ts';
import type { DashboardLook } from './dashboard-look.ts';
import { LogList } from './log-list.tsx';

/** What a legend takes of a chart's height, in pixels: at most so much, and so much of the panel. */
const LEGEND_PX = { hidden: [0, 0], list: [46, 0.3], table: [160, 0.45] } as const;

/** The least height of a plot that says anything. */
const PLOT_PX_MIN = 60;

function plotHeight(height: number, legend: ChartOptions['legend']): number {
  const [most, share] = LEGEND_PX[legend];
  return Math.max(PLOT_PX_MIN, Math.floor(height - Math.min(most, height * share)));
}

/** What a panel shows of its answers. */
export function PanelContent({
  panel,
  title,
  answers,
  size: { height },
  look,
}: {
  readonly panel: DashboardPanel;
  readonly title: string;
  readonly answers: PanelAnswers;
  readonly size: ElementSize;
  readonly look: DashboardLook;
}): ReactNode {
  const { options, type } = panel;
  const frames = useMemo(() => answers.answers.map(({ frame }) => frame), [answers]);
  const { startMs, endMs } = look.range;
  const range = useMemo((): ChartRange => ({ fromMs: startMs, toMs: endMs }), [startMs, endMs]);
  const onZoom = ({ fromMs, toMs }: ChartRange): void => look.onZoom(fromMs, toMs);
  switch (type) {
    case 'stat':
      return <StatPanel frames={frames} options={options} />;
    case 'gauge':
      return <GaugePanel frames={frames} options={options} />;
    case 'bar':
      return <BarPanel frames={frames} options={options} />;
    case 'table':
      return (
        <MetricTable frames={frames} options={options} names={panel.queries.map(({ ref, legend }) => legend || ref)} />
      );
    case 'logs':
      return <LogList logs={answers.answers.flatMap(({ logs }) => logs)} />;
    case 'heatmap':
      return <Heatmap frames={frames} options={options} range={range} height={height} label={title} onZoom={onZoom} />;
    default:
      return frames.every(({ series }) => series.length === 0) ? (
        <p className="flex h-full items-center justify-center text-muted">No data</p>
      ) : (
        <MetricChart
          frames={frames}
          options={options}
          range={range}
          height={plotHeight(height, options.legend)}
          label={title}
          syncKey="dashboard"
          annotations={look.annotations}
          onZoom={onZoom}
        />
      );
  }
}

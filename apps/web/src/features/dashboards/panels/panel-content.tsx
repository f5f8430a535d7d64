import type { DashboardPanel, PanelQuery } from '@aegisguard/model';
import { type ReactNode, useMemo } from 'react';
import { BarPanel } from '../../../charts/metrics/bar-panel.tsx';
import type { ChartOptions } from '../../../charts/metrics/chart-options.ts';
import type { ChartRange, Frame } from '../../../charts/metrics/frame.ts';
import { GaugePanel } from '../../../charts/metrics/gauge-panel.tsx';
import { Heatmap } from '../../../charts/metrics/heatmap.tsx';
import { MetricChart } from '../../../charts/metrics/metric-chart.tsx';
import type { FrameName } from '../../../charts/metrics/metric-rows.ts';
import { MetricTable } from '../../../charts/metrics/metric-table.tsx';
import { StatPanel } from '../../../charts/metrics/stat-panel.tsx';
import type { ElementSize } from '../../../lib/use-element-size.ts';
import type { PanelAnswers } from './ask-panel.ts';
import type { DashboardLook } from './dashboard-look.ts';
import { LogList } from './log-list.tsx';

/** The least height of a plot that says anything. */
const PLOT_PX_MIN = 60;

/** What a letter of a legend takes, and what stands around each of its names. */
const LETTER_PX = 7;
const AROUND_NAME_PX = 90;
const LEGEND_LINE_PX = 24;

/** Lines that a legend shows before it scrolls: of a list, of a table with its head. */
const LIST_LINES_MAX = 4;
const TABLE_LINES_MAX = 6;

/** What is left of a panel's height for the plot, beside a legend of these names. */
function plotHeight({ width, height }: ElementSize, legend: ChartOptions['legend'], frames: readonly Frame[]): number {
  const names = frames.flatMap(({ series }) => series.map(({ label }) => label));
  const letters = names.reduce((sum, name) => sum + name.length * LETTER_PX + AROUND_NAME_PX, 0);
  const lines =
    legend === 'hidden'
      ? 0
      : legend === 'list'
        ? Math.min(LIST_LINES_MAX, Math.ceil(letters / Math.max(width, 1)))
        : Math.min(TABLE_LINES_MAX, names.length) + 1;
  return Math.max(PLOT_PX_MIN, Math.floor(height - Math.min(lines * LEGEND_LINE_PX + 6, height * 0.5)));
}

/** A frame whose series have the colours that are theirs by name. */
function coloredFrame(frame: Frame, colors: ChartOptions['seriesColors']): Frame {
  if (colors.length === 0) {
    return frame;
  }
  const byName = new Map(colors.map(({ name, color }) => [name, color]));
  const series = frame.series.map((each) => {
    const color = byName.get(each.label);
    return color === undefined ? each : { ...each, color };
  });
  return { ...frame, series };
}

/** How a table calls a query's column: by its legend where that is the same for all lines. */
function frameName(ref: string, queries: readonly PanelQuery[], count: number): FrameName {
  const legend = queries.find((query) => query.ref === ref)?.legend ?? '';
  const isFixed = legend !== '' && !legend.includes('{{');
  return { ref, title: isFixed ? legend : count === 1 ? 'Value' : ref };
}

/** What a panel shows of its answers. */
export function PanelContent({
  panel,
  title,
  answers,
  size,
  look,
}: {
  readonly panel: DashboardPanel;
  readonly title: string;
  readonly answers: PanelAnswers;
  readonly size: ElementSize;
  readonly look: DashboardLook;
}): ReactNode {
  const { options, type } = panel;
  const { seriesColors } = options;
  const frames = useMemo(
    () => answers.answers.map(({ frame }) => coloredFrame(frame, seriesColors)),
    [answers, seriesColors],
  );
  const names = useMemo(
    () => answers.answers.map(({ ref }) => frameName(ref, panel.queries, answers.answers.length)),
    [answers, panel.queries],
  );
  const { startMs, endMs } = look.range;
  const range = useMemo((): ChartRange => ({ fromMs: startMs, toMs: endMs }), [startMs, endMs]);
  const onZoom = ({ fromMs, toMs }: ChartRange): void => look.onZoom(fromMs, toMs);
  switch (type) {
    case 'stat':
      return <StatPanel frames={frames} options={options} />;
    case 'gauge':
      return (
        <GaugePanel frames={frames} options={options} hasNames={panel.queries.some(({ legend }) => legend !== '')} />
      );
    case 'bar':
      return <BarPanel frames={frames} options={options} />;
    case 'table':
      return <MetricTable frames={frames} options={options} names={names} />;
    case 'logs':
      return <LogList logs={answers.answers.flatMap(({ logs }) => logs)} />;
    case 'heatmap':
      return (
        <Heatmap frames={frames} options={options} range={range} height={size.height} label={title} onZoom={onZoom} />
      );
    default:
      return frames.every(({ series }) => series.length === 0) ? (
        <p className="flex h-full items-center justify-center text-muted">No data</p>
      ) : (
        <MetricChart
          frames={frames}
          options={options}
          range={range}
          height={plotHeight(size, options.legend, frames)}
          label={title}
          syncKey="dashboard"
          annotations={look.annotations}
          onZoom={onZoom}
        />
      );
  }
}

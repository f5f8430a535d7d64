import UPlot from 'uplot';
import { timeTickLabel } from '../prepare/time-ticks.ts';
import type { ChartOptions } from './chart-options.ts';
import { formatUnit, unitIncrements } from './format-unit.ts';
import type { ChartRange } from './frame.ts';
import type { PlotContent } from './plot-content.ts';
import { canvasColor, colorOfSeries, themeColor } from './theme-color.ts';

const FONT = '11px "Inter Variable", sans-serif';
const FILL_ALPHA = '2e';
/** Stacked areas stand on each other, so that they must not shine through. */
const STACK_ALPHA = '99';

/** What is compared with is a thin dashed line, whatever the rest is. */
const COMPARED: UPlot.Series = { dash: [6, 4], width: 1 };

/** A colour that shines through; `alpha` in two hexadecimal digits. */
function translucent(color: string, alpha: string): string {
  return /^#[0-9a-f]{6}$/i.test(color)
    ? `${color}${alpha}`
    : `color-mix(in srgb, ${color} ${(Number.parseInt(alpha, 16) / 255) * 100}%, transparent)`;
}

/** How the series of a chart look, apart from their colours. */
function looks({ draw, stacking }: ChartOptions): (color: string) => UPlot.Series {
  const bars = UPlot.paths.bars?.({ size: [0.8, 40], align: 1 });
  if (draw === 'bar' && bars !== undefined) {
    return (color) => ({ width: 0, fill: translucent(color, STACK_ALPHA), paths: bars, points: { show: false } });
  }
  if (draw === 'points') {
    return () => ({ paths: () => null, points: { show: true, size: 4 } });
  }
  if (draw === 'area' || stacking !== 'none') {
    return (color) => ({ width: 1.5, fill: translucent(color, stacking === 'none' ? FILL_ALPHA : STACK_ALPHA) });
  }
  return () => ({ width: 1.5 });
}

function seriesOptions(content: PlotContent, options: ChartOptions): UPlot.Series[] {
  const look = looks(options);
  return content.series.map(({ isCompared = false, color = '' }, place) => {
    const stroke = canvasColor(colorOfSeries({ color }, content.colors[place] ?? 0));
    return { stroke, ...(isCompared ? COMPARED : look(stroke)) };
  });
}

/** The area of a stacked series ends where the one below it begins. */
function stackBands(content: PlotContent, { stacking, draw }: ChartOptions): UPlot.Band[] {
  if (stacking === 'none' || draw === 'bar') {
    return [];
  }
  const stacked = content.series.flatMap(({ isCompared = false }, index) => (isCompared ? [] : [index + 1]));
  return stacked.slice(1).map((place, index) => ({ series: [place, stacked[index] ?? 1] }));
}

function valueScale({ min, max, isLogScale, stacking, draw }: ChartOptions): UPlot.Scale {
  if (isLogScale) {
    return { distr: 3, log: 10 };
  }
  const fromZero = stacking !== 'none' || draw === 'bar' || draw === 'area';
  return {
    range: (_plot, least, most) => {
      const low = min ?? (fromZero ? Math.min(0, least ?? 0) : (least ?? 0));
      const high = max ?? (stacking === 'percent' ? 100 : (most ?? 1));
      const [soft, hard] = UPlot.rangeNum(low, high === low ? low + Math.max(1, Math.abs(low) * 0.1) : high, {
        min: { pad: 0.05, soft: 0, mode: 2 },
        max: { pad: 0.05, soft: 0, mode: 2 },
      });
      return [
        min ?? (fromZero && low === 0 ? 0 : (soft ?? low)),
        max ?? (stacking === 'percent' ? 100 : (hard ?? high)),
      ];
    },
  };
}

/** How wide the marks of the value axis are. */
function axisWidth(_plot: UPlot, values: string[] | null): number {
  const longest = (values ?? []).reduce((most, text) => Math.max(most, text?.length ?? 0), 0);
  return Math.max(36, 14 + longest * 6.2);
}

/** What uPlot is told about a chart; hooks and cursor are the caller's. */
export function plotOptions(
  content: PlotContent,
  options: ChartOptions,
  { width, height, range }: { readonly width: number; readonly height: number; readonly range: ChartRange },
): UPlot.Options {
  const axis: UPlot.Axis = {
    stroke: themeColor('text-subtle'),
    grid: { stroke: themeColor('line'), width: 1 },
    ticks: { show: false },
    font: FONT,
  };
  const increments = unitIncrements(options.stacking === 'percent' ? 'percent' : options.unit);
  const unit = options.stacking === 'percent' ? 'percent' : options.unit;
  return {
    width,
    height,
    ms: 1,
    padding: [8, 8, 0, 0],
    legend: { show: false },
    series: [{}, ...seriesOptions(content, options)],
    bands: stackBands(content, options),
    scales: { x: { time: true, range: () => [range.fromMs, range.toMs] }, y: valueScale(options) },
    axes: [
      {
        ...axis,
        space: 80,
        size: 28,
        values: (_plot, splits, _axis, _space, stepMs) => splits.map((ms) => timeTickLabel(ms, stepMs)),
      },
      {
        ...axis,
        size: axisWidth,
        space: 34,
        ...(increments === undefined || options.isLogScale ? {} : { incrs: increments }),
        values: (_plot, splits) => splits.map((value) => (value === null ? '' : formatUnit(value, unit))),
      },
    ],
  };
}

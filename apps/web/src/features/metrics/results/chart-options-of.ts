import { type ChartOptions, DEFAULT_CHART_OPTIONS } from '../../../charts/metrics/chart-options.ts';
import type { MetricsView } from '../view/metrics-view.ts';

/** The options of the chart that a view shows. */
export function chartOptionsOf(
  { display, legend, isLogScale }: Pick<MetricsView, 'display' | 'legend' | 'isLogScale'>,
  unit: string,
): ChartOptions {
  return {
    ...DEFAULT_CHART_OPTIONS,
    draw: display === 'bar' ? 'bar' : display === 'line' ? 'line' : 'area',
    stacking: display === 'stacked' ? 'normal' : display === 'percent' ? 'percent' : 'none',
    unit,
    // Heights of a stack have no logarithm.
    isLogScale: isLogScale && display !== 'stacked' && display !== 'percent',
    legend,
    legendValues: legend === 'table' ? ['min', 'max', 'avg', 'last'] : [],
  };
}

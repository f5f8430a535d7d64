import { PanelOptions } from '@aegisguard/model';

/** How a chart draws; what a dashboard keeps of a panel. */
export type ChartOptions = Omit<PanelOptions, 'text' | 'isCollapsed'>;

/** A plain line chart. */
export const DEFAULT_CHART_OPTIONS: ChartOptions = PanelOptions.parse({});

import type { DashboardPanel } from '@aegisguard/model';
import {
  ChartColumn,
  ChartLine,
  FileText,
  Gauge,
  Grid3x3,
  Hash,
  type LucideIcon,
  Rows3,
  ScrollText,
  Table,
} from 'lucide-react';

/** How types of panels are called and shown. */
export const PANEL_TYPE_WORDS: Readonly<
  Record<DashboardPanel['type'], { readonly name: string; readonly icon: LucideIcon }>
> = {
  timeseries: { name: 'Time series', icon: ChartLine },
  stat: { name: 'Stat', icon: Hash },
  gauge: { name: 'Gauge', icon: Gauge },
  bar: { name: 'Bars', icon: ChartColumn },
  table: { name: 'Table', icon: Table },
  heatmap: { name: 'Heatmap', icon: Grid3x3 },
  logs: { name: 'Logs', icon: ScrollText },
  text: { name: 'Text', icon: FileText },
  row: { name: 'Row', icon: Rows3 },
};

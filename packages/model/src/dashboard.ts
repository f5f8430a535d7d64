import { z } from 'zod';

// What a dashboard is made of. Unknown members are left out, so that a newer application's dashboards can be opened here.

/** Columns of the grid that panels lie on; as Grafana's. */
export const DASHBOARD_COLUMNS = 24;

/** How a panel shows what its queries give. */
export const PANEL_TYPES = ['timeseries', 'stat', 'gauge', 'bar', 'table', 'heatmap', 'logs', 'text', 'row'] as const;

/** Where a panel lies, in columns and rows of the grid. */
export const PanelGrid = z.object({
  x: z
    .number()
    .int()
    .min(0)
    .max(DASHBOARD_COLUMNS - 1),
  y: z.number().int().min(0).max(10_000),
  w: z.number().int().min(1).max(DASHBOARD_COLUMNS),
  h: z.number().int().min(1).max(200),
});
export type PanelGrid = z.infer<typeof PanelGrid>;

/** What a panel asks. `$name` and `${name}` in it stand for variables. */
export const PanelQuery = z.object({
  /** A, B, C …; formulas name queries by it. */
  ref: z.string().regex(/^[A-Za-z][A-Za-z0-9_]{0,31}$/u),
  /** A formula computes with other queries' results: `A / B * 100`. */
  language: z.enum(['promql', 'logql', 'formula']).default('promql'),
  query: z.string().max(50_000),
  /** `{{label}}` stands for a label's value; empty: all labels. */
  legend: z.string().max(500).default(''),
  isHidden: z.boolean().default(false),
  /** Only the latest value, for tables and the like. */
  isInstant: z.boolean().default(false),
  /** The least distance between two points, as `30s` or by a variable; also how often its metrics are collected. Empty: none, and every 15 s. */
  minStep: z.string().max(100).default(''),
});
export type PanelQuery = z.infer<typeof PanelQuery>;

/** A value from which on a colour holds; null: from the least. */
const PanelThreshold = z.object({ value: z.number().nullable(), color: z.string().max(40) });

/** What is written in the place of a value or a label's text, and its colour: of the one that reads as `value`, or of all between two numbers. */
export const ValueMapping = z.object({
  /** Null: the bounds count. `null` is no value. */
  value: z.string().max(500).nullable().default(null),
  from: z.number().nullable().default(null),
  to: z.number().nullable().default(null),
  /** Empty: the value itself. */
  text: z.string().max(200).default(''),
  color: z.string().max(40).default(''),
});
export type ValueMapping = z.infer<typeof ValueMapping>;

/** The colour of the series that the legend calls so. */
export const SeriesColor = z.object({ name: z.string().max(500), color: z.string().max(40) });
export type SeriesColor = z.infer<typeof SeriesColor>;

/** A column of a table. */
export const TableColumn = z.object({
  /** A label; `Value` is the value of the only query, `Value A` that of the query A. */
  field: z.string().max(500),
  /** Empty: what it is called anyhow. */
  title: z.string().max(200).default(''),
  isHidden: z.boolean().default(false),
  /** Null: the panel's. */
  unit: z.string().max(40).nullable().default(null),
  decimals: z.number().int().min(0).max(10).nullable().default(null),
  mappings: z.array(ValueMapping).max(100).default([]),
});
export type TableColumn = z.infer<typeof TableColumn>;

/** How a panel draws. What a type of panel has no use for is kept. */
export const PanelOptions = z.object({
  draw: z.enum(['line', 'area', 'bar', 'points']).default('line'),
  stacking: z.enum(['none', 'normal', 'percent']).default('none'),
  /** Of UNITS in the web application; empty: a plain number. */
  unit: z.string().max(40).default(''),
  decimals: z.number().int().min(0).max(10).nullable().default(null),
  min: z.number().nullable().default(null),
  max: z.number().nullable().default(null),
  isLogScale: z.boolean().default(false),
  legend: z.enum(['hidden', 'list', 'table']).default('list'),
  legendValues: z
    .array(z.enum(['min', 'max', 'avg', 'last', 'sum']))
    .max(5)
    .default([]),
  thresholds: z.array(PanelThreshold).max(20).default([]),
  /** Which one value of a series a stat, gauge or bar shows. */
  reduce: z.enum(['last', 'min', 'max', 'avg', 'sum']).default('last'),
  /** What a stat says of each series; `auto`: its value, and its name where there are several. */
  shows: z.enum(['auto', 'value', 'name', 'both']).default('auto'),
  /** What is written where there is no value. */
  noValue: z.string().max(100).default(''),
  mappings: z.array(ValueMapping).max(100).default([]),
  seriesColors: z.array(SeriesColor).max(100).default([]),
  /** Of a table, from the left. Lines that are alike in what is shown stand once. */
  columns: z.array(TableColumn).max(200).default([]),
  /** Labels and values that `columns` does not name are shown behind them. */
  hasOtherColumns: z.boolean().default(true),
  /** The field that a table is ordered by at first; empty: the first value, downwards. */
  sortBy: z.string().max(500).default(''),
  isSortedDown: z.boolean().default(false),
  /** Markdown, of a panel of text. */
  text: z.string().max(50_000).default(''),
  /** Of a row: its panels are folded away. */
  isCollapsed: z.boolean().default(false),
});
export type PanelOptions = z.infer<typeof PanelOptions>;

/** A panel of a dashboard. */
export const DashboardPanel = z.object({
  /** Unique within the dashboard. */
  id: z.string().min(1).max(40),
  type: z.enum(PANEL_TYPES),
  title: z.string().max(500).default(''),
  description: z.string().max(5000).default(''),
  grid: PanelGrid,
  queries: z.array(PanelQuery).max(26).default([]),
  options: PanelOptions.prefault({}),
  /** Name of a variable: the panel is there once for each of its values. */
  repeat: z.string().max(100).default(''),
});
export type DashboardPanel = z.infer<typeof DashboardPanel>;

/** Something that panels' queries name by `$name`. */
export const DashboardVariable = z.object({
  name: z.string().regex(/^[A-Za-z_][A-Za-z0-9_]{0,99}$/u),
  label: z.string().max(200).default(''),
  /** `query`: values of a label, by `label_values(selector, label)`, `label_names()`, `metrics(regex)` or `query_result(promql)`. */
  type: z.enum(['query', 'custom', 'interval', 'text', 'constant']),
  query: z.string().max(10_000).default(''),
  /** RE2; of a query's values those that match, or their first group. */
  regex: z.string().max(1000).default(''),
  /** Of `custom` and `interval`. */
  options: z.array(z.string().max(500)).max(500).default([]),
  isMulti: z.boolean().default(false),
  hasAll: z.boolean().default(false),
  /** What All stands for; empty: all values. */
  allValue: z.string().max(1000).default(''),
  /** What is chosen when the dashboard is opened; `$__all` is All. */
  current: z.array(z.string().max(500)).max(500).default([]),
  sort: z.enum(['none', 'text', 'text-desc', 'number', 'number-desc']).default('text'),
  isHidden: z.boolean().default(false),
});
export type DashboardVariable = z.infer<typeof DashboardVariable>;

/** Times that are marked in all panels: where the query gives a value that is not 0, or a log. */
export const DashboardAnnotation = z.object({
  name: z.string().max(200),
  language: z.enum(['promql', 'logql']),
  query: z.string().max(10_000),
  color: z.string().max(40).default(''),
  isEnabled: z.boolean().default(true),
});
export type DashboardAnnotation = z.infer<typeof DashboardAnnotation>;

/** A dashboard without what the server keeps of it. */
export const DashboardContent = z.object({
  title: z.string().trim().min(1, 'Enter a title.').max(200),
  description: z.string().max(5000).default(''),
  tags: z.array(z.string().trim().min(1).max(50)).max(20).default([]),
  panels: z.array(DashboardPanel).max(500).default([]),
  variables: z.array(DashboardVariable).max(50).default([]),
  annotations: z.array(DashboardAnnotation).max(20).default([]),
  /** As in `now-6h`. */
  from: z.string().max(40).default('now-1h'),
  to: z.string().max(40).default('now'),
  /** 0: not by itself. */
  refreshSeconds: z.number().int().min(0).max(86_400).default(0),
});
export type DashboardContent = z.infer<typeof DashboardContent>;

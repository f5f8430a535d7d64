import { nameLiteral } from './sql-literal.ts';

/** Names of the tables in one database, qualified and quoted. */
export interface TableNames {
  readonly database: string;
  readonly logs: string;
  readonly spans: string;
  readonly sampledTraces: string;
  readonly rumEvents: string;
  readonly securityEvents: string;
  readonly series: string;
  /** What held series until migration 10. */
  readonly seriesBefore10: string;
  readonly samples: string;
  readonly histograms: string;
  readonly exemplars: string;
  readonly metadata: string;
  readonly metricHours: string;
  readonly metricUsage: string;
  readonly metricUsageDays: string;
  readonly rollups1m: string;
  readonly rollups5m: string;
  readonly rollups1h: string;
  readonly ingestCounts: string;
  readonly scrubCounts: string;
  readonly spanMinutes: string;
  readonly spanHours: string;
  readonly spanMinutesView: string;
  readonly graphSpans: string;
  readonly graphMinutes: string;
  readonly graphHours: string;
  readonly graphWindows: string;
  readonly graphSpansView: string;
  readonly graphHoursView: string;
  readonly usage: string;
  readonly logUsageView: string;
  readonly spanUsageView: string;
  readonly rumUsageView: string;
  readonly migrations: string;
}

/** The tables of a database. */
export function tableNames(database: string): TableNames {
  const quoted = nameLiteral(database);
  return {
    database: quoted,
    logs: `${quoted}.logs`,
    spans: `${quoted}.spans`,
    sampledTraces: `${quoted}.sampled_traces`,
    rumEvents: `${quoted}.rum_events`,
    securityEvents: `${quoted}.security_events`,
    series: `${quoted}.metric_series_weeks`,
    seriesBefore10: `${quoted}.metric_series`,
    samples: `${quoted}.metric_samples`,
    histograms: `${quoted}.metric_histograms`,
    exemplars: `${quoted}.metric_exemplars`,
    metadata: `${quoted}.metric_metadata`,
    metricHours: `${quoted}.metric_hours`,
    metricUsage: `${quoted}.metric_usage`,
    metricUsageDays: `${quoted}.metric_usage_days`,
    rollups1m: `${quoted}.metric_rollups_1m`,
    rollups5m: `${quoted}.metric_rollups_5m`,
    rollups1h: `${quoted}.metric_rollups_1h`,
    ingestCounts: `${quoted}.ingest_counts`,
    scrubCounts: `${quoted}.scrub_counts`,
    spanMinutes: `${quoted}.span_metrics_1m`,
    spanHours: `${quoted}.span_metrics_1h`,
    spanMinutesView: `${quoted}.span_metrics_1m_view`,
    graphSpans: `${quoted}.service_graph_spans`,
    graphMinutes: `${quoted}.service_graph_1m`,
    graphHours: `${quoted}.service_graph_1h`,
    graphWindows: `${quoted}.service_graph_windows`,
    graphSpansView: `${quoted}.service_graph_spans_view`,
    graphHoursView: `${quoted}.service_graph_1h_view`,
    usage: `${quoted}.daily_usage`,
    logUsageView: `${quoted}.log_usage_view`,
    spanUsageView: `${quoted}.span_usage_view`,
    rumUsageView: `${quoted}.rum_usage_view`,
    migrations: `${quoted}.schema_migrations`,
  };
}

/** What a database has besides tables of organizations. */
const OTHER_NAMES: ReadonlySet<string> = new Set<keyof TableNames>([
  'database',
  'migrations',
  'seriesBefore10',
  'spanMinutesView',
  'graphWindows',
  'graphSpansView',
  'graphHoursView',
  'logUsageView',
  'spanUsageView',
  'rumUsageView',
]);

/** Every table that holds rows of organizations: a table that is added is among them unless it is said not to be. */
export function organizationTables(tables: TableNames): readonly string[] {
  return Object.entries(tables).flatMap(([key, table]: [string, string]) => (OTHER_NAMES.has(key) ? [] : [table]));
}

/** The name that a qualified table has in its database, as system tables have it. */
export function plainTableName({ database }: TableNames, table: string): string {
  return table.slice(database.length + 1);
}

/** The database's name without quotes, as system tables have it. */
export function plainDatabaseName({ database }: TableNames): string {
  return database.slice(1, -1);
}

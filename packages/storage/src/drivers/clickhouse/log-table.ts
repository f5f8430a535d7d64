import { nameLiteral } from './sql-literal.ts';

/** Names of the tables in one database, qualified and quoted. */
export interface TableNames {
  readonly database: string;
  readonly logs: string;
  readonly spans: string;
  readonly rumEvents: string;
  readonly series: string;
  readonly samples: string;
  readonly histograms: string;
  readonly exemplars: string;
  readonly metadata: string;
  readonly ingestCounts: string;
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
    rumEvents: `${quoted}.rum_events`,
    series: `${quoted}.metric_series`,
    samples: `${quoted}.metric_samples`,
    histograms: `${quoted}.metric_histograms`,
    exemplars: `${quoted}.metric_exemplars`,
    metadata: `${quoted}.metric_metadata`,
    ingestCounts: `${quoted}.ingest_counts`,
    usage: `${quoted}.daily_usage`,
    logUsageView: `${quoted}.log_usage_view`,
    spanUsageView: `${quoted}.span_usage_view`,
    rumUsageView: `${quoted}.rum_usage_view`,
    migrations: `${quoted}.schema_migrations`,
  };
}

import { LOGS } from './0001-logs.ts';
import { USAGE } from './0002-usage.ts';
import { SPANS } from './0003-spans.ts';
import { RUM_EVENTS } from './0004-rum-events.ts';
import { METRICS } from './0005-metrics.ts';
import { METRIC_ROLLUPS } from './0006-metric-rollups.ts';
import { INGEST_COUNTS } from './0007-ingest-counts.ts';
import { SCRUB_COUNTS } from './0008-scrub-counts.ts';
import { SECURITY_EVENTS } from './0009-security-events.ts';
import { METRIC_SERIES_WEEKS } from './0010-metric-series-weeks.ts';
import { LOG_OVERVIEWS } from './0011-log-overviews.ts';
import { SPAN_FIGURES } from './0012-span-figures.ts';
import { SPAN_SHAPES } from './0013-span-shapes.ts';
import { SAMPLED_TRACES } from './0014-sampled-traces.ts';
import { TRACE_EXTENTS } from './0015-trace-extents.ts';
import { GRAPH_WINDOW_PARTS } from './0016-graph-window-parts.ts';
import type { Migration } from './migration.ts';

/** Every migration, in order. */
export const MIGRATIONS: readonly Migration[] = [
  LOGS,
  USAGE,
  SPANS,
  RUM_EVENTS,
  METRICS,
  METRIC_ROLLUPS,
  INGEST_COUNTS,
  SCRUB_COUNTS,
  SECURITY_EVENTS,
  METRIC_SERIES_WEEKS,
  LOG_OVERVIEWS,
  SPAN_FIGURES,
  SPAN_SHAPES,
  SAMPLED_TRACES,
  TRACE_EXTENTS,
  GRAPH_WINDOW_PARTS,
];

import { metricsPath } from '../../../app/paths.ts';
import { selectorText } from '../builder/print-builder-query.ts';
import { DEFAULT_METRICS_VIEW, printMetricsView } from '../view/metrics-view.ts';

/** The explorer with a query. */
export function exploreQueryPath(orgId: string, query: string): string {
  const [first] = DEFAULT_METRICS_VIEW.queries;
  const queries = first === undefined ? [] : [{ ...first, text: query }];
  return `${metricsPath(orgId)}?${printMetricsView({ ...DEFAULT_METRICS_VIEW, queries })}`;
}

/** The explorer with a metric. */
export function explorePath(orgId: string, metric: string): string {
  return exploreQueryPath(orgId, selectorText(metric, []));
}

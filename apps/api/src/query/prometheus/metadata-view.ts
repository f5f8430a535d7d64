import type { MetricMetadata, PrometheusMetadataAnswer, PrometheusMetadataRequest } from '@aegisguard/model';

type Limits = Pick<PrometheusMetadataRequest, 'limit' | 'limit_per_metric'>;

/** Metadata by metric, within the limits: metrics in order of names, of which each may have several. 0 is none at all for `limit`, and no limit for `limit_per_metric`, as in Prometheus. */
export function metadataView(
  found: readonly MetricMetadata[],
  { limit = Number.POSITIVE_INFINITY, limit_per_metric: perMetric }: Limits,
): PrometheusMetadataAnswer['data'] {
  const byMetric = [...Map.groupBy(found, ({ metric }) => metric)].sort(([a], [b]) => (a < b ? -1 : 1));
  return Object.fromEntries(
    byMetric
      .slice(0, limit)
      .map(([metric, entries]) => [
        metric,
        entries.slice(0, perMetric || undefined).map(({ type, help, unit }) => ({ type, help, unit })),
      ]),
  );
}

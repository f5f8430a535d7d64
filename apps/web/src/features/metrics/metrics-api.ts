import { type MetricAnswer, PROMETHEUS_ROUTES, QUERY_ROUTES } from '@aegisguard/model';
import type { ChartExemplar } from '../../charts/metrics/frame.ts';
import type { TimeGrid } from '../../charts/metrics/prepare-frame.ts';
import { sampleValue } from '../../charts/metrics/sample-value.ts';
import { callRoute } from '../../lib/call-route.ts';
import { askedRange, type ResolvedRange } from '../../lib/time-range.ts';

/** Names that the catalogue and the editor ask for at once. */
const NAMES_MAX = 10_000;

/** A range query. */
export function queryRange(
  orgId: string,
  query: string,
  { startMs, endMs, stepMs }: TimeGrid,
  signal: AbortSignal,
): Promise<MetricAnswer> {
  const body = { query, ...askedRange({ startMs, endMs }), step: stepMs / 1000 };
  return callRoute(QUERY_ROUTES.queryMetrics, { body, orgId, signal });
}

/** Values of a label in a range: of all series, or of those that a selector selects. `__name__` gives the metrics. */
export async function labelValues(
  orgId: string,
  label: string,
  selector: string | undefined,
  range: ResolvedRange,
  signal?: AbortSignal,
): Promise<readonly string[]> {
  const { data } = await callRoute(PROMETHEUS_ROUTES.prometheusLabelValues, {
    params: { name: label },
    query: {
      ...askedRange(range),
      limit: String(NAMES_MAX),
      ...(selector === undefined ? {} : { 'match[]': selector }),
    },
    orgId,
    ...(signal === undefined ? {} : { signal }),
  });
  return data;
}

/** Names of labels of the series that a selector selects, or of all. */
export async function labelNames(
  orgId: string,
  selector: string | undefined,
  range: ResolvedRange,
): Promise<readonly string[]> {
  const { data } = await callRoute(PROMETHEUS_ROUTES.prometheusLabels, {
    query: {
      ...askedRange(range),
      limit: String(NAMES_MAX),
      ...(selector === undefined ? {} : { 'match[]': selector }),
    },
    orgId,
  });
  return data;
}

/** What is known of a metric. */
export interface MetricFacts {
  readonly type: string;
  readonly unit: string;
  readonly help: string;
}

/** Types, units and descriptions, by the metric's name. */
export async function metricFacts(orgId: string, signal?: AbortSignal): Promise<ReadonlyMap<string, MetricFacts>> {
  const { data } = await callRoute(PROMETHEUS_ROUTES.prometheusMetadata, {
    query: { limit_per_metric: '1' },
    orgId,
    ...(signal === undefined ? {} : { signal }),
  });
  return new Map(Object.entries(data).flatMap(([name, [facts]]) => (facts === undefined ? [] : [[name, facts]])));
}

/** Where active series come from. */
export type Cardinality = Awaited<ReturnType<typeof cardinality>>;

/** Counts of the series that had a sample lately; each list is the largest `limit` of its kind. */
export async function cardinality(orgId: string, limit: number, signal: AbortSignal) {
  const { data } = await callRoute(PROMETHEUS_ROUTES.prometheusTsdb, {
    query: { limit: String(limit) },
    orgId,
    signal,
  });
  return data;
}

/** Observations with a trace, of the series that a query selects. */
export async function queryExemplars(
  orgId: string,
  query: string,
  range: ResolvedRange,
  signal: AbortSignal,
): Promise<readonly ChartExemplar[]> {
  const { data } = await callRoute(PROMETHEUS_ROUTES.prometheusExemplars, {
    query: { query, ...askedRange(range) },
    orgId,
    signal,
  });
  return data.flatMap(({ seriesLabels, exemplars }) =>
    exemplars.map(({ labels, value, timestamp }) => ({
      ms: Math.round(timestamp * 1000),
      value: sampleValue(value),
      labels: { ...seriesLabels, ...labels },
    })),
  );
}

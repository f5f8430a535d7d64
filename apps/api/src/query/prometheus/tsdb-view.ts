// https://prometheus.io/docs/prometheus/latest/querying/api/#tsdb-stats
import type { Cardinality, PrometheusTsdbAnswer } from '@aegisguard/model';

/** How many entries of each list are counted; past it `numLabelPairs` is of the labels with the most values. */
export const LISTED_MAX = 1000;

/** Where series come from, as Prometheus says it. Chunks and the bytes of an index are of its own storage: we have neither. */
export function tsdbView(
  { seriesCount, metrics, labels, pairs }: Cardinality,
  { startMs, endMs }: { readonly startMs: number; readonly endMs: number },
  limit: number,
): PrometheusTsdbAnswer['data'] {
  return {
    headStats: {
      numSeries: seriesCount,
      numLabelPairs: labels.reduce((sum, { values }) => sum + values, 0),
      chunkCount: 0,
      minTime: startMs,
      maxTime: endMs,
    },
    seriesCountByMetricName: metrics.slice(0, limit).map(({ metric, series }) => ({ name: metric, value: series })),
    labelValueCountByLabelName: labels.slice(0, limit).map(({ name, values }) => ({ name, value: values })),
    memoryInBytesByLabelName: [],
    seriesCountByLabelValuePair: pairs
      .slice(0, limit)
      .map(({ name, value, series }) => ({ name: `${name}=${value}`, value: series })),
  };
}

// What queries say about histograms, word for word as https://github.com/prometheus/prometheus/blob/main/util/annotations/annotations.go, which tests and dashboards compare.

/** What histograms were combined by. */
export type HistogramOperation = 'addition' | 'subtraction' | 'aggregation';

/** Texts of annotations. Names of metrics are quoted. */
export const HISTOGRAM_MESSAGES = {
  /** Warning. */
  resetConflict: (operation: HistogramOperation) => `conflicting counter resets during histogram ${operation}`,
  /** Info. */
  boundsReconciled: (operation: HistogramOperation) => `mismatched custom buckets were reconciled during ${operation}`,
  /** Warning. */
  mixedSchemas: (metric: string) =>
    `vector contains a mix of histograms with exponential and custom buckets schemas for metric name ${quoted(metric)}`,
  /** Warning. */
  mixedWithFloats: (metric: string) => `encountered a mix of histograms and floats for metric name ${quoted(metric)}`,
  /** Warning. */
  notCounter: (metric: string) => `this native histogram metric is not a counter: ${quoted(metric)}`,
  /** Warning. */
  notGauge: (metric: string) => `this native histogram metric is not a gauge: ${quoted(metric)}`,
  /** Warning. */
  mixedWithClassic: (metric: string) => `vector contains a mix of classic and native histograms${forMetric(metric)}`,
  /** Warning. */
  badBucketLabel: (metric: string, le: string) =>
    `bucket label "le" is missing or has a malformed value of ${quoted(le)}${forMetric(metric)}`,
  /** Info. */
  quantileNanResult: (metric: string) =>
    `input to histogram_quantile has NaN observations, result is NaN${forMetric(metric)}`,
  /** Info. */
  quantileNanSkew: (metric: string) =>
    `input to histogram_quantile has NaN observations, result is skewed higher${forMetric(metric)}`,
  /** Info. */
  fractionNan: (metric: string) =>
    `input to histogram_fraction has NaN observations, which are excluded from all fractions${forMetric(metric)}`,
  /** Info. */
  forcedMonotonicity: (metric: string) =>
    `input to histogram_quantile needed to be fixed for monotonicity (see https://prometheus.io/docs/prometheus/latest/querying/functions/#histogram_quantile)${forMetric(metric)}`,
} as const;

function quoted(text: string): string {
  return JSON.stringify(text);
}

function forMetric(metric: string): string {
  return metric === '' ? '' : ` for metric name ${quoted(metric)}`;
}

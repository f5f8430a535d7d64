/** Prometheus's text of a number: https://prometheus.io/docs/prometheus/latest/querying/api/#expression-query-result-formats */
export function sampleValue(text: string): number {
  switch (text) {
    case '+Inf':
    case 'Inf':
      return Number.POSITIVE_INFINITY;
    case '-Inf':
      return Number.NEGATIVE_INFINITY;
    default:
      return Number(text);
  }
}

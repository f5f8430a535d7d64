// What is asked of the shop again and again, computed once a minute. The members are those of `POST /recording-rules` (packages/model).

const REQUESTS = 'http_server_request_duration_seconds';

/** The recording rules that the demo's organization begins with. */
export function demoRules(): { readonly name: string; readonly [member: string]: unknown } {
  return {
    name: 'Shop',
    intervalSeconds: 60,
    rules: [
      { record: 'service:requests:rate5m', expr: `sum by (service_name) (rate(${REQUESTS}_count[5m]))` },
      {
        record: 'service:errors:ratio5m',
        expr: `sum by (service_name) (rate(${REQUESTS}_count{http_response_status_code=~"5.."}[5m])) / sum by (service_name) (rate(${REQUESTS}_count[5m]))`,
      },
      {
        record: 'service:duration:p95_5m',
        expr: `histogram_quantile(0.95, sum by (le, service_name) (rate(${REQUESTS}_bucket[5m])))`,
      },
    ],
  };
}

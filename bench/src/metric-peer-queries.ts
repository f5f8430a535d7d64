const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;

/** A query and its grid, which ends where the load does. */
export interface GradedQuery {
  readonly query: string;
  /** 0: an instant query. */
  readonly rangeMs: number;
  readonly stepMs: number;
}

const COUNTER = 'bench_http_requests_total';

function over(query: string, rangeMs: number, stepMs: number): GradedQuery {
  return { query, rangeMs, stepMs };
}

/** From what a stat panel asks to what reads every sample of the load (`sample-generator.ts`: four metrics of 2,500 series). */
export const GRADED_QUERIES: readonly GradedQuery[] = [
  over(`${COUNTER}{series="4"}`, 0, 0),
  over(`sum(${COUNTER})`, 0, 0),
  over(`topk(5, rate(${COUNTER}[5m]))`, 0, 0),
  over('count by (__name__) ({job="bench"})', 0, 0),
  over(`${COUNTER}{series="4"}`, HOUR_MS, 15_000),
  over(`rate(${COUNTER}{series=~"4|8|12"}[5m])`, HOUR_MS, 15_000),
  over(`sum by (handler) (rate(${COUNTER}{instance="10.0.0.0:9090"}[5m]))`, 2 * HOUR_MS, MINUTE_MS),
  over(`sum(rate(${COUNTER}[5m]))`, HOUR_MS, MINUTE_MS),
  over(`sum by (handler) (rate(${COUNTER}[5m]))`, 2 * HOUR_MS, MINUTE_MS),
  over(`sum by (handler) (increase(${COUNTER}[10m]))`, 2 * HOUR_MS, 5 * MINUTE_MS),
  over('max by (instance) (bench_memory_bytes)', 2 * HOUR_MS, MINUTE_MS),
  over('avg_over_time(bench_queue_depth{handler="/api/v1/resource-1"}[10m])', 2 * HOUR_MS, MINUTE_MS),
  over('max by (handler) (max_over_time(bench_queue_depth[10m]))', 2 * HOUR_MS, MINUTE_MS),
  over('quantile by (handler) (0.9, bench_queue_depth)', 2 * HOUR_MS, MINUTE_MS),
  over(
    `sum by (handler) (rate(${COUNTER}[1m])) / on (handler) sum by (handler) (bench_queue_depth)`,
    2 * HOUR_MS,
    MINUTE_MS,
  ),
  over(`histogram_quantile(0.9, sum by (le) (rate(${COUNTER}[5m])))`, 2 * HOUR_MS, MINUTE_MS),
  over('sum by (__name__) ({job="bench"})', 2 * HOUR_MS, MINUTE_MS),
  over('sum by (handler) (rate({job="bench"}[5m]))', 2 * HOUR_MS, MINUTE_MS),
  over('sum({job="bench"})', 2 * HOUR_MS, 15_000),
  over('sum(rate({job="bench"}[5m]))', 2 * HOUR_MS, 15_000),
];

import type { LogEncoder, MetricEncoder, RumEncoder, SpanEncoder } from './driver.ts';
import { clickHouseLogEncoder } from './drivers/clickhouse/log-encoder.ts';
import { ClickHouseMetricEncoder } from './drivers/clickhouse/metric-encoder.ts';

/** The encoders of the ClickHouse driver. An entry of its own, so that a worker thread can load it without the engine. */
export const logEncoder: LogEncoder = clickHouseLogEncoder;
export const spanEncoder: SpanEncoder = notBuilt();
export const rumEncoder: RumEncoder = notBuilt();
/** One for each thread: it remembers which series it has written. */
export const metricEncoder: MetricEncoder = new ClickHouseMetricEncoder();

function notBuilt(): never {
  return undefined as never;
}

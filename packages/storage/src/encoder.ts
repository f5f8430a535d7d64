import type { LogEncoder, MetricEncoder, RumEncoder, SpanEncoder } from './driver.ts';
import { clickHouseLogEncoder } from './drivers/clickhouse/log-encoder.ts';

/** The encoders of the ClickHouse driver. An entry of its own, so that a worker thread can load it without the engine. */
export const logEncoder: LogEncoder = clickHouseLogEncoder;
export const spanEncoder: SpanEncoder = notBuilt();
export const rumEncoder: RumEncoder = notBuilt();
export const metricEncoder: MetricEncoder = notBuilt();

function notBuilt(): never {
  return undefined as never;
}

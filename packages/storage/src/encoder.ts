import type { LogEncoder, MetricEncoder, RumEncoder, SecurityEventEncoder, SpanEncoder } from './driver.ts';
import { clickHouseLogEncoder } from './drivers/clickhouse/log-encoder.ts';
import { ClickHouseMetricEncoder } from './drivers/clickhouse/metric-encoder.ts';
import { clickHouseRumEncoder } from './drivers/clickhouse/rum-encoder.ts';
import { clickHouseSecurityEventEncoder } from './drivers/clickhouse/security-event-encoder.ts';
import { clickHouseSpanEncoder } from './drivers/clickhouse/span-encoder.ts';

/** The encoders of the ClickHouse driver. An entry of its own, so that a worker thread can load it without the engine. */
export const logEncoder: LogEncoder = clickHouseLogEncoder;
export const spanEncoder: SpanEncoder = clickHouseSpanEncoder;
export const rumEncoder: RumEncoder = clickHouseRumEncoder;
export const securityEventEncoder: SecurityEventEncoder = clickHouseSecurityEventEncoder;
/** One for each thread: it remembers which series it has written. */
export const metricEncoder: MetricEncoder = new ClickHouseMetricEncoder();

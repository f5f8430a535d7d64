import type { LogEncoder } from './driver.ts';
import { clickHouseLogEncoder } from './drivers/clickhouse/log-encoder.ts';

/** The encoder of the ClickHouse driver. An entry of its own, so that a worker thread can load it without the engine. */
export const logEncoder: LogEncoder = clickHouseLogEncoder;

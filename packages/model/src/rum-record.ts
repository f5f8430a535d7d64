import type { JsonObject, JsonValue } from './json.ts';
import type { UnixNanos } from './unix-nanos.ts';

/** What a browser reports (contract §3, "Native bodies"). */
export const RUM_EVENT_TYPES = ['view', 'vital', 'error', 'resource', 'action', 'longtask', 'replay'] as const;

/** One of them. */
export type RumEventType = (typeof RUM_EVENT_TYPES)[number];

/** One event of a browser session. Absent texts are `''`, absent objects `{}`; stages change it in place. */
export interface RumRecord {
  timestamp: UnixNanos;
  type: RumEventType;
  application: string;
  release: string;
  env: string;
  sessionId: string;
  userId: string;
  viewId: string;
  url: string;
  name: string;
  /** NaN when absent. */
  value: number;
  /** NaN when absent. */
  durationMs: number;
  stack: string;
  attributes: JsonObject;
  /** Any JSON, e.g. rrweb events of a replay; `null` when absent. */
  data: JsonValue;
  /** `scrubbed`, as in `LogRecord`. */
  details: JsonObject;
  /** As in `LogRecord`. */
  geo: JsonObject;
  userAgent: JsonObject;
  truncated: boolean;
  /** Where it stood in its batch, 0-based. */
  index: number;
}

import type { JsonObject } from './json.ts';
import type { UnixNanos } from './unix-nanos.ts';

/** How bad a security event is, least first (contract §3, "Native bodies"). */
export const EVENT_SEVERITIES = ['info', 'low', 'medium', 'high', 'critical'] as const;

/** One of them. */
export type EventSeverity = (typeof EVENT_SEVERITIES)[number];

/** Who says that it happened: a client of the organization, or this platform itself. */
export const EVENT_SOURCES = ['ingested', 'platform'] as const;

/** One of them. */
export type EventSource = (typeof EVENT_SOURCES)[number];

/** Days that security events are kept. */
export const EVENTS_RETENTION_DAYS = 365;

/** One security event. Absent texts are `''`, absent objects `{}`; stages change it in place. */
export interface SecurityEventRecord {
  timestamp: UnixNanos;
  /** By convention lower-case words with dots between, such as `auth.login_failed`; any text is taken. */
  type: string;
  severity: EventSeverity;
  source: EventSource;
  /** Who did it. The subject of the event, so it is never scrubbed. */
  actor: string;
  /** From where; an address is never scrubbed. */
  ip: string;
  /** ISO 3166-1 alpha-2, by the address. */
  country: string;
  /** What it was done to. */
  target: string;
  message: string;
  attributes: JsonObject;
  /** `scrubbed`, as in `LogRecord`. */
  details: JsonObject;
  /** How often it happened: the platform folds floods. 1 for what clients send. */
  occurrences: number;
  truncated: boolean;
  /** Where it stood in its batch, 0-based. */
  index: number;
}

import type { JsonObject } from './json.ts';
import type { UnixNanos } from './unix-nanos.ts';

// https://opentelemetry.io/docs/specs/otel/trace/api/

/** OpenTelemetry's span kinds; the place in the list is the number of its protocol buffers. */
export const SPAN_KINDS = ['unspecified', 'internal', 'server', 'client', 'producer', 'consumer'] as const;

/** One of them. */
export type SpanKind = (typeof SPAN_KINDS)[number];

/** A span's status; the place in the list is the number of OpenTelemetry's protocol buffers. */
export const SPAN_STATUSES = ['unset', 'ok', 'error'] as const;

/** One of them. */
export type SpanStatus = (typeof SPAN_STATUSES)[number];

/** Something that happened during a span. */
export interface SpanEvent {
  timestamp: UnixNanos;
  name: string;
  attributes: JsonObject;
  droppedAttributesCount: number;
}

/** A span that this one is related to, of any trace. */
export interface SpanLink {
  traceId: string;
  spanId: string;
  traceState: string;
  flags: number;
  attributes: JsonObject;
  droppedAttributesCount: number;
}

/** One span as the pipeline's stages see it. As with `LogRecord`, absent texts are `''`, absent objects `{}`; stages change it in place. */
export interface SpanRecord {
  /** 32 lower-case hexadecimal digits, not all zero. */
  traceId: string;
  /** 16 lower-case hexadecimal digits, not all zero. */
  spanId: string;
  /** As `spanId`, or `''` for a root. */
  parentSpanId: string;
  /** https://www.w3.org/TR/trace-context/#tracestate-header */
  traceState: string;
  name: string;
  kind: SpanKind;
  service: string;
  host: string;
  env: string;
  version: string;
  startTime: UnixNanos;
  /** ≥ 0; a span that ended before it began has 0, and what was sent in `details`. */
  durationNanos: bigint;
  status: SpanStatus;
  statusMessage: string;
  scopeName: string;
  scopeVersion: string;
  attributes: JsonObject;
  resource: JsonObject;
  events: SpanEvent[];
  links: SpanLink[];
  /** As in `LogRecord`: `flags`, `droppedAttributesCount`, `droppedEventsCount`, `droppedLinksCount`, `schemaUrl`, `scope`, `resource`, `originalEndTime`. */
  details: JsonObject;
  /** As in `LogRecord`. */
  geo: JsonObject;
  userAgent: JsonObject;
  truncated: boolean;
  /** Where it stood in its batch, 0-based. */
  index: number;
}

import {
  ATTRIBUTE_BYTES_MAX,
  boundAttributes,
  formatRfc3339Nanos,
  type JsonObject,
  type JsonValue,
  NANOS_PER_MS,
  type SpanEvent,
  type SpanLink,
  type SpanRecord,
  type TextBounds,
  UNIX_NANOS_MAX,
  UNIX_NANOS_MIN,
  type UnixNanos,
} from '@aegisguard/model';
import { isJsonObject } from '../json/is-json-object.ts';
import type { EventWindow } from '../records/event-window.ts';
import { ORIGINAL_TIMESTAMP } from '../records/original-timestamp.ts';
import { COLUMN_BYTES_MAX } from '../records/record-limits.ts';
import { resourceWithColumns } from '../records/resource-with-columns.ts';
import { fieldText } from './field-text.ts';
import { scopeText } from './native-log-fields.ts';
import {
  EVENT_FIELDS,
  LINK_FIELDS,
  readKind,
  readParentSpanId,
  readSpanId,
  readStatus,
  readTraceId,
  SPAN_FIELDS,
} from './native-span-fields.ts';
import { resolveTime, timeOf } from './resolve-time.ts';
import { collectUndeclared } from './undeclared-fields.ts';

/** What a span without a service gets. The gateway refuses such a span, so only a worker that disagrees with it meets one. */
const NO_SERVICE = 'unknown';
const MICROS_PER_MS = 1000;

/** Milliseconds with a fraction as nanoseconds. Whole microseconds are exact: a double holds them, where it does not hold all nanoseconds. */
function nanosOfMs(ms: number): bigint {
  const whole = Math.trunc(ms);
  return BigInt(whole) * NANOS_PER_MS + BigInt(Math.round((ms - whole) * MICROS_PER_MS * MICROS_PER_MS));
}

/** How long the span took. One that ended before it began took no time, and keeps what was sent in `details`. */
function resolveDuration(span: JsonObject, details: JsonObject, receivedAt: UnixNanos): bigint {
  const start = timeOf(span.startTime, receivedAt);
  const end = timeOf(span.endTime, receivedAt);
  if (end === undefined) {
    const { durationMs } = span;
    const isUsable =
      typeof durationMs === 'number' && durationMs > 0 && durationMs < Number(UNIX_NANOS_MAX / NANOS_PER_MS);
    return isUsable ? nanosOfMs(durationMs) : 0n;
  }
  const duration = end - (start ?? end);
  if (duration >= 0n && duration <= UNIX_NANOS_MAX) {
    return duration;
  }
  details.originalEndTime = end >= UNIX_NANOS_MIN && end <= UNIX_NANOS_MAX ? formatRfc3339Nanos(end) : String(end);
  return 0n;
}

function partsOf(list: JsonValue | undefined): JsonObject[] {
  return Array.isArray(list) ? list.filter(isJsonObject) : [];
}

/** The time of an event, which may be any that storage can hold; what was sent instead is kept among its attributes. */
function eventTime(event: JsonObject, attributes: JsonObject, window: EventWindow): UnixNanos {
  const time = timeOf(event.timestamp, window.receivedAt);
  if (time !== undefined && time >= UNIX_NANOS_MIN && time <= UNIX_NANOS_MAX) {
    return time;
  }
  if (event.timestamp !== undefined && event.timestamp !== null) {
    attributes[ORIGINAL_TIMESTAMP] = event.timestamp;
  }
  return window.receivedAt;
}

function buildEvent(event: JsonObject, window: EventWindow, bounds: TextBounds): SpanEvent {
  const attributes = collectUndeclared(event, EVENT_FIELDS);
  const timestamp = eventTime(event, attributes, window);
  return {
    timestamp,
    name: bounds.bound(fieldText(event.name, COLUMN_BYTES_MAX), COLUMN_BYTES_MAX),
    attributes: boundAttributes(attributes, bounds),
    droppedAttributesCount: 0,
  };
}

function buildLink(link: JsonObject, bounds: TextBounds): SpanLink {
  return {
    traceId: readTraceId(link) ?? '',
    spanId: readSpanId(link) ?? '',
    traceState: bounds.bound(fieldText(link.traceState, ATTRIBUTE_BYTES_MAX), ATTRIBUTE_BYTES_MAX),
    flags: 0,
    attributes: boundAttributes(collectUndeclared(link, LINK_FIELDS), bounds),
    droppedAttributesCount: 0,
  };
}

/** What a span does not say of itself its resource may, under OpenTelemetry's names: https://opentelemetry.io/docs/specs/semconv/resource/ */
function resourceField({ resource }: JsonObject, ...names: readonly string[]): JsonValue | undefined {
  const values = isJsonObject(resource) ? names.map((name) => resource[name]) : [];
  return values.find((value) => value !== null && value !== '' && value !== undefined && typeof value !== 'object');
}

/**
 * Makes the record of one native span, taking the parsed object apart: it must not be used afterwards. Total: whatever JSON value the gateway accepted becomes a record,
 * even one that `checkNativeSpan` of this version would refuse.
 */
export function buildNativeSpan(value: JsonValue, index: number, window: EventWindow, bounds: TextBounds): SpanRecord {
  const span: JsonObject = isJsonObject(value) ? value : {};
  bounds.truncated = false;
  const attributes = collectUndeclared(span, SPAN_FIELDS);
  const startTime = resolveTime(span.startTime, attributes, window);
  const details: JsonObject = {};
  const text = (member: JsonValue | undefined, bytesMax: number): string =>
    bounds.bound(fieldText(member, bytesMax), bytesMax);
  const column = (member: JsonValue | undefined): string => text(member, COLUMN_BYTES_MAX);
  const host = column(span.host) || column(resourceField(span, 'host.name'));
  const env = column(span.env) || column(resourceField(span, 'deployment.environment.name', 'deployment.environment'));
  const version = column(span.version) || column(resourceField(span, 'service.version'));
  const resource = isJsonObject(span.resource) ? boundAttributes(span.resource, bounds) : {};
  const record: SpanRecord = {
    traceId: readTraceId(span) ?? '',
    spanId: readSpanId(span) ?? '',
    parentSpanId: readParentSpanId(span) ?? '',
    traceState: text(span.traceState, ATTRIBUTE_BYTES_MAX),
    name: column(span.name),
    kind: readKind(span) ?? 'unspecified',
    service: column(span.service) || NO_SERVICE,
    host,
    env,
    version,
    startTime,
    durationNanos: resolveDuration(span, details, window.receivedAt),
    status: readStatus(span) ?? 'unset',
    statusMessage: text(span.statusMessage, ATTRIBUTE_BYTES_MAX),
    scopeName: column(scopeText(span.scope, 'name')),
    scopeVersion: column(scopeText(span.scope, 'version')),
    attributes: boundAttributes(attributes, bounds),
    // Where a span ran is asked for by the names of its resource, as with OTLP, whoever says it.
    resource: resourceWithColumns(resource, { host, env, version }),
    events: partsOf(span.events).map((event) => buildEvent(event, window, bounds)),
    links: partsOf(span.links).map((link) => buildLink(link, bounds)),
    details,
    geo: {},
    userAgent: {},
    truncated: false,
    index,
  };
  record.truncated = bounds.truncated;
  return record;
}

import {
  ATTRIBUTE_BYTES_MAX,
  boundAttributes,
  formatRfc3339Nanos,
  type JsonObject,
  SPAN_KINDS,
  SPAN_STATUSES,
  type SpanEvent,
  type SpanLink,
  type SpanRecord,
  type TextBounds,
  unixNanos,
} from '@aegisguard/model';
import { cloneJson } from '../records/clone-json.ts';
import type { EventWindow } from '../records/event-window.ts';
import { COLUMN_BYTES_MAX } from '../records/record-limits.ts';
import { storedId } from './hex-id.ts';
import type { OtlpOrigin } from './otlp-origin.ts';
import { storablePartTime, storableTime } from './storable-time.ts';

/** A `Span.Event` as it was read. */
export class EventFields {
  timeUnixNano = 0n;
  name = '';
  attributes: JsonObject = {};
  droppedAttributesCount = 0;

  /** The event that it becomes. */
  toEvent(bounds: TextBounds): SpanEvent {
    const attributes = boundAttributes(this.attributes, bounds);
    return {
      timestamp: storablePartTime(this.timeUnixNano, attributes),
      name: bounds.bound(this.name, COLUMN_BYTES_MAX),
      attributes,
      droppedAttributesCount: this.droppedAttributesCount,
    };
  }
}

/** A `Span.Link` as it was read. */
export class LinkFields {
  traceId = '';
  spanId = '';
  traceState = '';
  attributes: JsonObject = {};
  droppedAttributesCount = 0;
  flags = 0;

  /** The link that it becomes. */
  toLink(bounds: TextBounds): SpanLink {
    return {
      traceId: storedId(this.traceId, bounds),
      spanId: storedId(this.spanId, bounds),
      traceState: bounds.bound(this.traceState, ATTRIBUTE_BYTES_MAX),
      flags: this.flags,
      attributes: boundAttributes(this.attributes, bounds),
      droppedAttributesCount: this.droppedAttributesCount,
    };
  }
}

/** A `Span` message as it was read from either encoding. */
export class SpanFields {
  /** Hexadecimal digits. */
  traceId = '';
  spanId = '';
  parentSpanId = '';
  traceState = '';
  flags = 0;
  name = '';
  kind = 0;
  startTimeUnixNano = 0n;
  endTimeUnixNano = 0n;
  attributes: JsonObject = {};
  droppedAttributesCount = 0;
  events: EventFields[] = [];
  droppedEventsCount = 0;
  links: LinkFields[] = [];
  droppedLinksCount = 0;
  statusCode = 0;
  statusMessage = '';

  /** The record that it becomes; its objects go over into it. */
  toRecord(origin: OtlpOrigin, index: number, window: EventWindow, bounds: TextBounds): SpanRecord {
    bounds.truncated = origin.truncated;
    const { resource } = origin;
    const attributes = boundAttributes(this.attributes, bounds);
    const endsBefore = this.endTimeUnixNano < this.startTimeUnixNano;
    const record: SpanRecord = {
      traceId: storedId(this.traceId, bounds),
      spanId: storedId(this.spanId, bounds),
      parentSpanId: storedId(this.parentSpanId, bounds),
      traceState: bounds.bound(this.traceState, ATTRIBUTE_BYTES_MAX),
      name: bounds.bound(this.name, COLUMN_BYTES_MAX),
      kind: SPAN_KINDS[this.kind] ?? 'unspecified',
      service: resource.service,
      host: resource.host,
      env: resource.env,
      version: resource.version,
      startTime: storableTime(this.startTimeUnixNano, attributes, window),
      durationNanos: endsBefore ? 0n : this.endTimeUnixNano - this.startTimeUnixNano,
      status: SPAN_STATUSES[this.statusCode] ?? 'unset',
      statusMessage: bounds.bound(this.statusMessage, ATTRIBUTE_BYTES_MAX),
      scopeName: origin.scopeName,
      scopeVersion: origin.scopeVersion,
      attributes,
      resource: cloneJson(resource.attributes),
      events: this.events.map((event) => event.toEvent(bounds)),
      links: this.links.map((link) => link.toLink(bounds)),
      details: this.#details(origin, endsBefore),
      geo: {},
      userAgent: {},
      truncated: false,
      index,
    };
    record.truncated = bounds.truncated;
    return record;
  }

  #details(origin: OtlpOrigin, endsBefore: boolean): JsonObject {
    const details: JsonObject = {};
    if (this.flags !== 0) {
      details.flags = this.flags;
    }
    if (this.droppedAttributesCount !== 0) {
      details.droppedAttributesCount = this.droppedAttributesCount;
    }
    if (this.droppedEventsCount !== 0) {
      details.droppedEventsCount = this.droppedEventsCount;
    }
    if (this.droppedLinksCount !== 0) {
      details.droppedLinksCount = this.droppedLinksCount;
    }
    if (endsBefore && this.endTimeUnixNano !== 0n) {
      details.originalEndTime = formatRfc3339Nanos(unixNanos(this.endTimeUnixNano));
    }
    origin.addDetails(details);
    return details;
  }
}

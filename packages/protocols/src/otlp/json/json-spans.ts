// https://github.com/open-telemetry/opentelemetry-proto/blob/main/opentelemetry/proto/trace/v1/trace.proto
import { type JsonObject, SPAN_KINDS, SPAN_STATUSES } from '@aegisguard/model';
import { isJsonObject } from '../../json/is-json-object.ts';
import { hexIdState } from '../hex-id.ts';
import { SPAN_ID_BYTES, TRACE_ID_BYTES } from '../otlp-faults.ts';
import { SpanFacts } from '../span-facts.ts';
import { EventFields, LinkFields, SpanFields } from '../span-fields.ts';
import type { JsonMessageReader } from './json-message.ts';

const KIND = { camel: 'kind', snake: 'kind', prefix: 'SPAN_KIND_', values: SPAN_KINDS };
const STATUS_CODE = { camel: 'code', snake: 'code', prefix: 'STATUS_CODE_', values: SPAN_STATUSES };

function readEvent(part: JsonObject, json: JsonMessageReader): EventFields {
  const event = new EventFields();
  event.timeUnixNano = json.nanos(part, 'timeUnixNano', 'time_unix_nano');
  event.name = json.text(part, 'name', 'name');
  event.attributes = json.attributes(part);
  event.droppedAttributesCount = json.uint32(part, 'droppedAttributesCount', 'dropped_attributes_count');
  return event;
}

function readLink(part: JsonObject, json: JsonMessageReader): LinkFields {
  const link = new LinkFields();
  link.traceId = json.text(part, 'traceId', 'trace_id');
  link.spanId = json.text(part, 'spanId', 'span_id');
  link.traceState = json.text(part, 'traceState', 'trace_state');
  link.attributes = json.attributes(part);
  link.droppedAttributesCount = json.uint32(part, 'droppedAttributesCount', 'dropped_attributes_count');
  link.flags = json.uint32(part, 'flags', 'flags');
  return link;
}

function readStatus(span: JsonObject, json: JsonMessageReader, fields: SpanFields): void {
  const status = span.status ?? {};
  if (!isJsonObject(status)) {
    json.wrong('status', 'must be an object');
    return;
  }
  json.prefix = '/status';
  fields.statusCode = json.enumeration(status, STATUS_CODE);
  fields.statusMessage = json.text(status, 'message', 'message');
  json.prefix = '';
}

/** Reads a `Span`. */
export function readJsonSpan(span: JsonObject, json: JsonMessageReader): SpanFields {
  const fields = new SpanFields();
  fields.traceId = json.text(span, 'traceId', 'trace_id');
  fields.spanId = json.text(span, 'spanId', 'span_id');
  fields.parentSpanId = json.text(span, 'parentSpanId', 'parent_span_id');
  fields.traceState = json.text(span, 'traceState', 'trace_state');
  fields.flags = json.uint32(span, 'flags', 'flags');
  fields.name = json.text(span, 'name', 'name');
  fields.kind = json.enumeration(span, KIND);
  fields.startTimeUnixNano = json.nanos(span, 'startTimeUnixNano', 'start_time_unix_nano');
  fields.endTimeUnixNano = json.nanos(span, 'endTimeUnixNano', 'end_time_unix_nano');
  fields.attributes = json.attributes(span);
  fields.droppedAttributesCount = json.uint32(span, 'droppedAttributesCount', 'dropped_attributes_count');
  fields.droppedEventsCount = json.uint32(span, 'droppedEventsCount', 'dropped_events_count');
  fields.droppedLinksCount = json.uint32(span, 'droppedLinksCount', 'dropped_links_count');
  readStatus(span, json, fields);
  json.each(span, 'events', (part) => {
    const event = readEvent(part, json);
    if (json.mode === 'build') {
      fields.events.push(event);
    }
  });
  json.each(span, 'links', (part) => {
    const link = readLink(part, json);
    if (json.mode === 'build') {
      fields.links.push(link);
    }
  });
  return fields;
}

/** What the verdict on a span depends on, besides the faults that reading it found. */
export function jsonSpanFacts(fields: SpanFields): SpanFacts {
  const facts = new SpanFacts();
  facts.traceId = hexIdState(fields.traceId, TRACE_ID_BYTES);
  facts.spanId = hexIdState(fields.spanId, SPAN_ID_BYTES);
  facts.parentSpanId = hexIdState(fields.parentSpanId, SPAN_ID_BYTES);
  facts.startTime = fields.startTimeUnixNano;
  return facts;
}

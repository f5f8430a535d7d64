// https://github.com/open-telemetry/opentelemetry-proto/blob/main/opentelemetry/proto/trace/v1/trace.proto
import type { WireReader } from '../../protobuf/wire-reader.ts';
import { SPAN_ID_BYTES, TRACE_ID_BYTES } from '../otlp-faults.ts';
import { SpanFacts } from '../span-facts.ts';
import { EventFields, LinkFields, type SpanFields } from '../span-fields.ts';
import { countAttribute, countAttributes } from './count-attributes.ts';
import { readAttribute } from './read-attributes.ts';
import { readIdState } from './read-id-state.ts';

/** What the verdict on the `Span` that comes next depends on. */
export function readSpanFacts(reader: WireReader): SpanFacts {
  const facts = new SpanFacts();
  const outer = reader.enter();
  let events = 0;
  let links = 0;
  while (reader.more()) {
    const tag = reader.tag();
    switch (tag) {
      case 10:
        facts.traceId = readIdState(reader, TRACE_ID_BYTES);
        break;
      case 18:
        facts.spanId = readIdState(reader, SPAN_ID_BYTES);
        break;
      case 34:
        facts.parentSpanId = readIdState(reader, SPAN_ID_BYTES);
        break;
      case 57:
        facts.startTime = reader.fixed64Exact();
        break;
      case 74:
        facts.attributes += countAttribute(reader);
        break;
      case 90:
        facts.addPart('events', events, countAttributes(reader, 26));
        events += 1;
        break;
      case 106:
        facts.addPart('links', links, countAttributes(reader, 34));
        links += 1;
        break;
      case 122:
        reader.skipMessage();
        break;
      default:
        reader.skipField(tag);
    }
  }
  reader.leave(outer);
  return facts;
}

function readEvent(reader: WireReader): EventFields {
  const event = new EventFields();
  const outer = reader.enter();
  while (reader.more()) {
    const tag = reader.tag();
    switch (tag) {
      case 9:
        event.timeUnixNano = reader.fixed64Exact();
        break;
      case 18:
        event.name = reader.text();
        break;
      case 26:
        readAttribute(reader, event.attributes);
        break;
      case 32:
        event.droppedAttributesCount = reader.uint32();
        break;
      default:
        reader.skipField(tag);
    }
  }
  reader.leave(outer);
  return event;
}

function readLink(reader: WireReader): LinkFields {
  const link = new LinkFields();
  const outer = reader.enter();
  while (reader.more()) {
    const tag = reader.tag();
    switch (tag) {
      case 10:
        link.traceId = reader.hex();
        break;
      case 18:
        link.spanId = reader.hex();
        break;
      case 26:
        link.traceState = reader.text();
        break;
      case 34:
        readAttribute(reader, link.attributes);
        break;
      case 40:
        link.droppedAttributesCount = reader.uint32();
        break;
      case 53:
        link.flags = reader.fixed32();
        break;
      default:
        reader.skipField(tag);
    }
  }
  reader.leave(outer);
  return link;
}

function readStatus(reader: WireReader, fields: SpanFields): void {
  const outer = reader.enter();
  while (reader.more()) {
    const tag = reader.tag();
    if (tag === 18) {
      fields.statusMessage = reader.text();
    } else if (tag === 24) {
      fields.statusCode = reader.int32();
    } else {
      reader.skipField(tag);
    }
  }
  reader.leave(outer);
}

/** Reads a field that few spans have. */
function readRareField(reader: WireReader, tag: number, fields: SpanFields): void {
  switch (tag) {
    case 26:
      fields.traceState = reader.text();
      break;
    case 80:
      fields.droppedAttributesCount = reader.uint32();
      break;
    case 90:
      fields.events.push(readEvent(reader));
      break;
    case 96:
      fields.droppedEventsCount = reader.uint32();
      break;
    case 106:
      fields.links.push(readLink(reader));
      break;
    case 112:
      fields.droppedLinksCount = reader.uint32();
      break;
    default:
      reader.skipField(tag);
  }
}

/** Reads the `Span` that comes next. */
export function readSpan(reader: WireReader, fields: SpanFields): void {
  const outer = reader.enter();
  while (reader.more()) {
    const tag = reader.tag();
    switch (tag) {
      case 10:
        fields.traceId = reader.hex();
        break;
      case 18:
        fields.spanId = reader.hex();
        break;
      case 34:
        fields.parentSpanId = reader.hex();
        break;
      case 42:
        fields.name = reader.text();
        break;
      case 48:
        fields.kind = reader.int32();
        break;
      case 57:
        fields.startTimeUnixNano = reader.fixed64Exact();
        break;
      case 65:
        fields.endTimeUnixNano = reader.fixed64Exact();
        break;
      case 74:
        readAttribute(reader, fields.attributes);
        break;
      case 122:
        readStatus(reader, fields);
        break;
      case 133:
        fields.flags = reader.fixed32();
        break;
      default:
        readRareField(reader, tag, fields);
    }
  }
  reader.leave(outer);
}

// https://github.com/open-telemetry/opentelemetry-proto/blob/main/opentelemetry/proto/logs/v1/logs.proto
import type { WireReader } from '../../protobuf/wire-reader.ts';
import { bodyText } from '../any-value-json.ts';
import { LogFacts } from '../log-facts.ts';
import type { LogFields } from '../log-fields.ts';
import { SPAN_ID_BYTES, TRACE_ID_BYTES } from '../otlp-faults.ts';
import { countAnyValue, countAttribute } from './count-attributes.ts';
import { peekAnyValueKind, readAnyValue, readAttribute } from './read-attributes.ts';
import { readIdState } from './read-id-state.ts';

/** What the verdict on the `LogRecord` that comes next depends on. */
export function readLogFacts(reader: WireReader): LogFacts {
  const facts = new LogFacts();
  const outer = reader.enter();
  while (reader.more()) {
    const tag = reader.tag();
    switch (tag) {
      case 9:
        facts.time = reader.fixed64Exact();
        break;
      case 42:
        facts.body = countAnyValue(reader, 0);
        break;
      case 50:
        facts.attributes += countAttribute(reader);
        break;
      case 74:
        facts.traceId = readIdState(reader, TRACE_ID_BYTES);
        break;
      case 82:
        facts.spanId = readIdState(reader, SPAN_ID_BYTES);
        break;
      case 89:
        facts.observedTime = reader.fixed64Exact();
        break;
      default:
        reader.skipField(tag);
    }
  }
  reader.leave(outer);
  return facts;
}

function readBody(reader: WireReader, fields: LogFields): void {
  fields.bodyKind = peekAnyValueKind(reader);
  fields.message = bodyText(readAnyValue(reader, 0));
}

/** Reads the `LogRecord` that comes next. */
export function readLog(reader: WireReader, fields: LogFields): void {
  const outer = reader.enter();
  while (reader.more()) {
    const tag = reader.tag();
    switch (tag) {
      case 9:
        fields.timeUnixNano = reader.fixed64Exact();
        break;
      case 16:
        fields.severityNumber = reader.int32();
        break;
      case 26:
        fields.severityText = reader.text();
        break;
      case 42:
        readBody(reader, fields);
        break;
      case 50:
        readAttribute(reader, fields.attributes);
        break;
      case 56:
        fields.droppedAttributesCount = reader.uint32();
        break;
      case 69:
        fields.flags = reader.fixed32();
        break;
      case 74:
        fields.traceId = reader.hex();
        break;
      case 82:
        fields.spanId = reader.hex();
        break;
      case 89:
        fields.observedTimeUnixNano = reader.fixed64Exact();
        break;
      case 98:
        fields.eventName = reader.text();
        break;
      default:
        reader.skipField(tag);
    }
  }
  reader.leave(outer);
}

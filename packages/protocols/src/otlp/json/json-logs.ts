// https://github.com/open-telemetry/opentelemetry-proto/blob/main/opentelemetry/proto/logs/v1/logs.proto
import type { JsonObject } from '@aegisguard/model';
import { bodyText } from '../any-value-json.ts';
import { TOO_DEEP } from '../any-value-limits.ts';
import { hexIdState } from '../hex-id.ts';
import { LogFacts } from '../log-facts.ts';
import { LogFields } from '../log-fields.ts';
import { attributesFault, SPAN_ID_BYTES, TRACE_ID_BYTES } from '../otlp-faults.ts';
import { anyValueKind, anyValueToJson, countAnyValue } from './json-attributes.ts';
import type { JsonMessageReader } from './json-message.ts';

const LEVELS = ['trace', 'debug', 'info', 'warn', 'error', 'fatal'] as const;
/** https://opentelemetry.io/docs/specs/otel/logs/data-model/#field-severitynumber */
const SEVERITY = {
  camel: 'severityNumber',
  snake: 'severity_number',
  prefix: 'SEVERITY_NUMBER_',
  values: ['unspecified', ...LEVELS.flatMap((level) => [level, `${level}2`, `${level}3`, `${level}4`])],
};

function readBody(log: JsonObject, json: JsonMessageReader, fields: LogFields): void {
  const body = log.body ?? null;
  if (json.mode === 'build') {
    fields.bodyKind = anyValueKind(body);
    fields.message = bodyText(anyValueToJson(body, 0));
    return;
  }
  const count = countAnyValue(body, 0);
  if (Number.isNaN(count)) {
    json.wrong('body', "must be an object with one of OTLP's kinds of value");
  } else if (count >= TOO_DEEP) {
    json.fault ??= attributesFault('/body', count);
  }
}

/** Reads a `LogRecord`. */
export function readJsonLog(log: JsonObject, json: JsonMessageReader): LogFields {
  const fields = new LogFields();
  fields.timeUnixNano = json.nanos(log, 'timeUnixNano', 'time_unix_nano');
  fields.observedTimeUnixNano = json.nanos(log, 'observedTimeUnixNano', 'observed_time_unix_nano');
  fields.severityNumber = json.enumeration(log, SEVERITY);
  fields.severityText = json.text(log, 'severityText', 'severity_text');
  fields.traceId = json.text(log, 'traceId', 'trace_id');
  fields.spanId = json.text(log, 'spanId', 'span_id');
  fields.flags = json.uint32(log, 'flags', 'flags');
  fields.eventName = json.text(log, 'eventName', 'event_name');
  fields.droppedAttributesCount = json.uint32(log, 'droppedAttributesCount', 'dropped_attributes_count');
  fields.attributes = json.attributes(log);
  readBody(log, json, fields);
  return fields;
}

/** What the verdict on a log depends on, besides the faults that reading it found. */
export function jsonLogFacts(fields: LogFields): LogFacts {
  const facts = new LogFacts();
  facts.time = fields.timeUnixNano;
  facts.observedTime = fields.observedTimeUnixNano;
  facts.traceId = hexIdState(fields.traceId, TRACE_ID_BYTES);
  facts.spanId = hexIdState(fields.spanId, SPAN_ID_BYTES);
  return facts;
}

import {
  boundAttributes,
  formatRfc3339Nanos,
  type JsonObject,
  type JsonValue,
  type LogRecord,
  PUSHED_METADATA,
  type TextBounds,
  type UnixNanos,
  unixNanos,
} from '@aegisguard/model';
import type { EventWindow } from '../records/event-window.ts';
import { ORIGINAL_TIMESTAMP } from '../records/original-timestamp.ts';
import { COLUMN_BYTES_MAX, MESSAGE_BYTES_MAX } from '../records/record-limits.ts';

/** Labels that name a service, the first one that is there counts. Loki finds its `service_name` among the same. */
const SERVICE_LABELS = [
  'service_name',
  'service',
  'app',
  'application',
  'name',
  'app_kubernetes_io_name',
  'container',
  'container_name',
  'component',
  'workload',
  'job',
];
const HOST_LABELS = ['host', 'hostname', 'node', 'instance'];
const ENV_LABELS = ['env', 'environment', 'deployment_environment'];
const VERSION_LABELS = ['version', 'service_version'];
const LEVEL_NAMES = ['level', 'severity', 'lvl', 'detected_level'];
const TRACE_ID_NAMES = ['trace_id', 'traceID', 'traceId'];
const SPAN_ID_NAMES = ['span_id', 'spanID', 'spanId'];
const NO_SERVICE = 'unknown_service';
/** W3C trace context has 16 bytes; Zipkin's and Jaeger's older ids have 8. */
const TRACE_ID = /^(?:[0-9a-fA-F]{32}|[0-9a-fA-F]{16})$/;
const SPAN_ID = /^[0-9a-fA-F]{16}$/;

/** An entry of a stream, of whichever form. `time` is Unix nanoseconds, undefined for the time of receipt. */
export interface LokiEntry {
  readonly time: bigint | undefined;
  readonly line: string;
  /** Taken over, not copied. */
  readonly metadata: JsonObject;
}

/** What the entries of a stream have in common. */
export interface StreamTemplate {
  readonly labels: JsonObject;
  readonly service: string;
  readonly host: string;
  readonly env: string;
  readonly version: string;
  /** As sent; the entry's metadata are asked when it is empty. */
  readonly level: string;
  /** Asked when the entry's metadata have none. */
  readonly traceId: string;
  readonly spanId: string;
  /** Something of the above was cut. */
  readonly truncated: boolean;
}

/** Reads a stream's labels once for all of its entries. */
export function streamTemplate(labels: JsonObject, bounds: TextBounds): StreamTemplate {
  bounds.truncated = false;
  const bounded = boundAttributes(labels, bounds);
  const column = (names: readonly string[]): string => bounds.bound(firstText(bounded, names), COLUMN_BYTES_MAX);
  const columns = {
    service: column(SERVICE_LABELS) || NO_SERVICE,
    host: column(HOST_LABELS),
    env: column(ENV_LABELS),
    version: column(VERSION_LABELS),
    level: column(LEVEL_NAMES),
    traceId: firstId(bounded, TRACE_ID_NAMES, TRACE_ID),
    spanId: firstId(bounded, SPAN_ID_NAMES, SPAN_ID),
  };
  return { labels: bounded, ...columns, truncated: bounds.truncated };
}

/** Makes the record of one entry. Labels and metadata stay whole, also those that became fields. The level's meaning is the pipeline's. */
export function buildLokiLog(
  stream: StreamTemplate,
  entry: LokiEntry,
  index: number,
  window: EventWindow,
  bounds: TextBounds,
): LogRecord {
  bounds.truncated = stream.truncated;
  const attributes = boundAttributes(entry.metadata, bounds);
  const details = { [PUSHED_METADATA]: Object.keys(attributes).length };
  const record: LogRecord = {
    timestamp: storableTime(entry.time, attributes, window),
    level: 'info',
    severityNumber: 0,
    severityText: stream.level || bounds.bound(firstText(attributes, LEVEL_NAMES), COLUMN_BYTES_MAX),
    service: stream.service,
    message: bounds.bound(entry.line, MESSAGE_BYTES_MAX),
    host: stream.host,
    env: stream.env,
    version: stream.version,
    traceId: firstId(attributes, TRACE_ID_NAMES, TRACE_ID) || stream.traceId,
    spanId: firstId(attributes, SPAN_ID_NAMES, SPAN_ID) || stream.spanId,
    scopeName: '',
    scopeVersion: '',
    attributes,
    // A copy each, because stages change records in place.
    resource: { ...stream.labels },
    details,
    ingestId: '',
    geo: {},
    userAgent: {},
    truncated: false,
    index,
  };
  record.truncated = bounds.truncated;
  return record;
}

/** The entry's time, or that of receipt when there is none or it lies too far ahead; what was sent is then kept among the attributes (contract §6, "Records"). */
function storableTime(time: bigint | undefined, attributes: JsonObject, window: EventWindow): UnixNanos {
  if (time === undefined) {
    return window.receivedAt;
  }
  const sent = unixNanos(time);
  if (window.ageOf(sent) === 'in-window') {
    return sent;
  }
  attributes[ORIGINAL_TIMESTAMP] = formatRfc3339Nanos(sent);
  return window.receivedAt;
}

function firstText(object: JsonObject, names: readonly string[]): string {
  for (const name of names) {
    const value = textMember(object, name);
    if (value !== '') {
      return value;
    }
  }
  return '';
}

function firstId(object: JsonObject, names: readonly string[], form: RegExp): string {
  for (const name of names) {
    const value = textMember(object, name);
    if (value !== '' && form.test(value)) {
      return value.toLowerCase();
    }
  }
  return '';
}

function textMember(object: JsonObject, name: string): string {
  const value: JsonValue | undefined = object[name];
  return typeof value === 'string' ? value : '';
}

import {
  ATTRIBUTE_BYTES_MAX,
  boundAttributes,
  formatRfc3339Nanos,
  type JsonObject,
  type LogRecord,
  type TextBounds,
  unixNanos,
} from '@aegisguard/model';
import { cloneJson } from '../records/clone-json.ts';
import type { EventWindow } from '../records/event-window.ts';
import { COLUMN_BYTES_MAX, MESSAGE_BYTES_MAX } from '../records/record-limits.ts';
import type { AnyValueKind } from './any-value-json.ts';
import { storedId } from './hex-id.ts';
import type { OtlpOrigin } from './otlp-origin.ts';
import { storableTime } from './storable-time.ts';

const SEVERITY_NUMBER_MAX = 24;

/** A `LogRecord` message as it was read from either encoding. */
export class LogFields {
  timeUnixNano = 0n;
  observedTimeUnixNano = 0n;
  severityNumber = 0;
  severityText = '';
  message = '';
  bodyKind: AnyValueKind | undefined = undefined;
  attributes: JsonObject = {};
  droppedAttributesCount = 0;
  flags = 0;
  /** Hexadecimal digits. */
  traceId = '';
  spanId = '';
  eventName = '';

  /** The record that it becomes; its objects go over into it. */
  toRecord(origin: OtlpOrigin, index: number, window: EventWindow, bounds: TextBounds): LogRecord {
    bounds.truncated = origin.truncated;
    const { resource } = origin;
    const attributes = boundAttributes(this.attributes, bounds);
    const time = this.timeUnixNano === 0n ? this.observedTimeUnixNano : this.timeUnixNano;
    const hasSeverity = this.severityNumber >= 0 && this.severityNumber <= SEVERITY_NUMBER_MAX;
    const record: LogRecord = {
      timestamp: time === 0n ? window.receivedAt : storableTime(time, attributes, window),
      level: 'info',
      severityNumber: hasSeverity ? this.severityNumber : 0,
      severityText: bounds.bound(this.severityText, COLUMN_BYTES_MAX),
      service: resource.service,
      message: bounds.bound(this.message, MESSAGE_BYTES_MAX),
      host: resource.host,
      env: resource.env,
      version: resource.version,
      traceId: storedId(this.traceId, bounds),
      spanId: storedId(this.spanId, bounds),
      scopeName: origin.scopeName,
      scopeVersion: origin.scopeVersion,
      attributes,
      resource: cloneJson(resource.attributes),
      details: this.#details(origin, bounds),
      ingestId: ingestIdOf(attributes, bounds),
      geo: {},
      userAgent: {},
      truncated: false,
      index,
    };
    record.truncated = bounds.truncated;
    return record;
  }

  #details(origin: OtlpOrigin, bounds: TextBounds): JsonObject {
    const details: JsonObject = {};
    if (this.flags !== 0) {
      details.flags = this.flags;
    }
    if (this.observedTimeUnixNano !== 0n) {
      details.observedTimestamp = formatRfc3339Nanos(unixNanos(this.observedTimeUnixNano));
    }
    if (this.eventName !== '') {
      details.eventName = bounds.bound(this.eventName, ATTRIBUTE_BYTES_MAX);
    }
    if (this.droppedAttributesCount !== 0) {
      details.droppedAttributesCount = this.droppedAttributesCount;
    }
    if (this.bodyKind !== undefined && this.bodyKind !== 'string') {
      details.bodyType = this.bodyKind;
    }
    origin.addDetails(details);
    return details;
  }
}

/** https://opentelemetry.io/docs/specs/semconv/registry/attributes/log/#log-record-uid: if a record has the same one as another, it was sent twice. */
function ingestIdOf(attributes: JsonObject, bounds: TextBounds): string {
  const uid = attributes['log.record.uid'];
  return typeof uid === 'string' ? bounds.bound(uid, COLUMN_BYTES_MAX) : '';
}

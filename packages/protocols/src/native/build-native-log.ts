import { type JsonObject, type JsonValue, type LogRecord, parseTimestamp, type UnixNanos } from '@aegisguard/model';
import { isJsonObject } from '../json/is-json-object.ts';
import { stringifyBounded } from '../json/stringify-bounded.ts';
import { boundAttributes } from '../records/bound-attributes.ts';
import type { EventWindow } from '../records/event-window.ts';
import { ORIGINAL_TIMESTAMP } from '../records/original-timestamp.ts';
import { COLUMN_BYTES_MAX, ID_LENGTH_MAX, MESSAGE_BYTES_MAX } from '../records/record-limits.ts';
import { setMember } from '../records/set-member.ts';
import type { TextBounds } from '../records/text-bounds.ts';
import { isAbsent, isNativeField, scopeRest, scopeText } from './native-log-fields.ts';

/** Before the name of a record field that is also a declared attribute: the attribute keeps the name, the field moves here. */
const CLASHING_FIELD = 'aegis.record.';
const SEVERITY_NUMBER_MAX = 24;
/** What a record without a service gets. The gateway refuses such a record, so only a worker that disagrees with it meets one. */
const NO_SERVICE = 'unknown';

/** A field's text: scalars as JSON writes them, `''` when absent, containers as JSON text. */
function textOf(value: JsonValue | undefined, bytesMax: number): string {
  if (typeof value === 'string') {
    return value;
  }
  if (value === undefined || value === null) {
    return '';
  }
  return typeof value === 'object' ? stringifyBounded(value, bytesMax) : String(value);
}

/** Adds an unknown field to the attributes; one that is declared there already wins. */
function addField(attributes: JsonObject, key: string, value: JsonValue): void {
  if (value !== null) {
    setMember(attributes, Object.hasOwn(attributes, key) ? `${CLASHING_FIELD}${key}` : key, value);
  }
}

function collectAttributes(log: JsonObject): JsonObject {
  const attributes = isJsonObject(log.attributes) ? log.attributes : {};
  for (const key in log) {
    if (!isNativeField(log, key)) {
      const value = log[key] ?? null;
      addField(attributes, key, key === 'scope' ? scopeRest(value) : value);
    }
  }
  return attributes;
}

/** The event's time, or that of receipt when there is none that can be stored; what was sent instead is kept beside it. */
function resolveTimestamp(log: JsonObject, attributes: JsonObject, window: EventWindow): UnixNanos {
  const sent = log.timestamp;
  if (sent === undefined || sent === null) {
    return window.receivedAt;
  }
  const time = typeof sent === 'object' || typeof sent === 'boolean' ? undefined : parseTimestamp(sent);
  if (time !== undefined && window.ageOf(time) === 'in-window') {
    return time;
  }
  attributes[ORIGINAL_TIMESTAMP] = sent;
  return window.receivedAt;
}

function isSeverityNumber(level: JsonValue | undefined): level is number {
  return typeof level === 'number' && Number.isInteger(level) && level >= 1 && level <= SEVERITY_NUMBER_MAX;
}

/**
 * Makes the record of one native log, taking the parsed object apart: it must not be used afterwards. Total: whatever JSON value the gateway accepted becomes a record,
 * even one that `checkNativeLog` of this version would refuse. Level and ids are as sent; their meaning is the pipeline's.
 */
export function buildNativeLog(value: JsonValue, index: number, window: EventWindow, bounds: TextBounds): LogRecord {
  const log: JsonObject = isJsonObject(value) ? value : { message: value };
  bounds.truncated = false;
  const attributes = collectAttributes(log);
  const timestamp = resolveTimestamp(log, attributes, window);
  const isNumber = isSeverityNumber(log.level);
  const column = (member: JsonValue | undefined): string =>
    bounds.bound(textOf(member, COLUMN_BYTES_MAX), COLUMN_BYTES_MAX);
  const id = (member: JsonValue | undefined): string => bounds.bound(textOf(member, ID_LENGTH_MAX), COLUMN_BYTES_MAX);
  const record: LogRecord = {
    timestamp,
    level: 'info',
    severityNumber: isNumber ? (log.level as number) : 0,
    severityText: isNumber ? '' : column(log.level),
    service: column(log.service) || NO_SERVICE,
    message: bounds.bound(textOf(log.message, MESSAGE_BYTES_MAX), MESSAGE_BYTES_MAX),
    host: column(log.host),
    env: column(log.env),
    version: column(log.version),
    traceId: id(isAbsent(log.traceId) ? log.trace_id : log.traceId),
    spanId: id(isAbsent(log.spanId) ? log.span_id : log.spanId),
    scopeName: column(scopeText(log.scope, 'name')),
    scopeVersion: column(scopeText(log.scope, 'version')),
    attributes: boundAttributes(attributes, bounds),
    resource: isJsonObject(log.resource) ? boundAttributes(log.resource, bounds) : {},
    details: {},
    ingestId: id(log.ingestId),
    truncated: false,
    index,
  };
  record.truncated = bounds.truncated;
  return record;
}

import { boundAttributes, type JsonObject, type JsonValue, type LogRecord, type TextBounds } from '@aegisguard/model';
import { isJsonObject } from '../json/is-json-object.ts';
import type { EventWindow } from '../records/event-window.ts';
import { COLUMN_BYTES_MAX, ID_LENGTH_MAX, MESSAGE_BYTES_MAX } from '../records/record-limits.ts';
import { fieldText } from './field-text.ts';
import { isAbsent, LOG_FIELDS, scopeText } from './native-log-fields.ts';
import { resolveTime } from './resolve-time.ts';
import { collectUndeclared } from './undeclared-fields.ts';

const SEVERITY_NUMBER_MAX = 24;
/** What a record without a service gets. The gateway refuses such a record, so only a worker that disagrees with it meets one. */
const NO_SERVICE = 'unknown';

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
  const attributes = collectUndeclared(log, LOG_FIELDS);
  const timestamp = resolveTime(log.timestamp, attributes, window);
  const isNumber = isSeverityNumber(log.level);
  const column = (member: JsonValue | undefined): string =>
    bounds.bound(fieldText(member, COLUMN_BYTES_MAX), COLUMN_BYTES_MAX);
  const id = (member: JsonValue | undefined): string =>
    bounds.bound(fieldText(member, ID_LENGTH_MAX), COLUMN_BYTES_MAX);
  const record: LogRecord = {
    timestamp,
    level: 'info',
    severityNumber: isNumber ? (log.level as number) : 0,
    severityText: isNumber ? '' : column(log.level),
    service: column(log.service) || NO_SERVICE,
    message: bounds.bound(fieldText(log.message, MESSAGE_BYTES_MAX), MESSAGE_BYTES_MAX),
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
    geo: {},
    userAgent: {},
    truncated: false,
    index,
  };
  record.truncated = bounds.truncated;
  return record;
}

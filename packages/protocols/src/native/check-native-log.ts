import { ATTRIBUTE_COUNT_MAX, countLeaves, type JsonObject, type JsonValue, parseTimestamp } from '@aegisguard/model';
import { isJsonObject } from '../json/is-json-object.ts';
import type { EventWindow } from '../records/event-window.ts';
import { ID_LENGTH_MAX } from '../records/record-limits.ts';
import { quoteInput, type RecordFault } from '../records/record-rejection.ts';
import { countNativeAttributes } from './native-log-fields.ts';

function invalid(path: string, message: string): RecordFault {
  return { path, message, code: 'invalid' };
}

function checkRequired(log: JsonObject): RecordFault | undefined {
  const { service, message } = log;
  if (typeof service !== 'string' || service === '') {
    return invalid(
      '/service',
      service === undefined ? 'service is required' : 'service must be a text that is not empty',
    );
  }
  if (typeof message !== 'string') {
    return invalid('/message', message === undefined ? 'message is required' : 'message must be a text');
  }
  return undefined;
}

/** True for what an optional text field may be: absent, a text, a truth value, a number that a double can hold. */
function isScalar(value: JsonValue | undefined): boolean {
  return typeof value === 'number'
    ? Number.isFinite(value)
    : value === undefined || value === null || typeof value !== 'object';
}

function checkId(log: JsonObject, key: string): RecordFault | undefined {
  const id = log[key];
  if (id === undefined || id === null || (typeof id === 'string' && id.length <= ID_LENGTH_MAX)) {
    return undefined;
  }
  return invalid(`/${key}`, `${key} must be a text of at most ${ID_LENGTH_MAX} characters`);
}

function checkOptional(log: JsonObject): RecordFault | undefined {
  const { level } = log;
  if (!isScalar(level) || typeof level === 'boolean') {
    return invalid('/level', 'level must be a text or a number');
  }
  if (!isScalar(log.host)) {
    return invalid('/host', 'host must be a text');
  }
  if (!isScalar(log.env)) {
    return invalid('/env', 'env must be a text');
  }
  if (!isScalar(log.version)) {
    return invalid('/version', 'version must be a text');
  }
  return (
    checkId(log, 'traceId') ??
    checkId(log, 'trace_id') ??
    checkId(log, 'spanId') ??
    checkId(log, 'span_id') ??
    checkId(log, 'ingestId')
  );
}

function checkObjects(log: JsonObject): RecordFault | undefined {
  for (const key of ['attributes', 'resource'] as const) {
    const value = log[key];
    if (value !== undefined && value !== null && !isJsonObject(value)) {
      return invalid(`/${key}`, `${key} must be an object`);
    }
  }
  const tooMany = countNativeAttributes(log) > ATTRIBUTE_COUNT_MAX ? 'attributes' : undefined;
  const crowded =
    tooMany ?? (countLeaves(log.resource ?? null, ATTRIBUTE_COUNT_MAX) > ATTRIBUTE_COUNT_MAX ? 'resource' : undefined);
  return crowded === undefined
    ? undefined
    : {
        path: `/${crowded}`,
        message: `a log has at most ${ATTRIBUTE_COUNT_MAX} attributes`,
        code: 'too-many-attributes',
      };
}

function checkTimestamp(timestamp: JsonValue | undefined, window: EventWindow): RecordFault | undefined {
  if (timestamp === undefined || timestamp === null) {
    return undefined;
  }
  if (typeof timestamp !== 'string' && typeof timestamp !== 'number') {
    return invalid('/timestamp', 'timestamp must be a text or a number');
  }
  const time = parseTimestamp(timestamp, window.receivedAt);
  if (time === undefined) {
    return invalid(
      '/timestamp',
      `${quoteInput(timestamp)} is not a time: RFC 3339, another usual form of date and time, or Unix s, ms, µs or ns`,
    );
  }
  return window.ageOf(time) === 'too-old'
    ? { path: '/timestamp', message: `older than the ${window.retentionDays} days that logs are kept`, code: 'too-old' }
    : undefined;
}

/**
 * The verdict on one native log: its first fault, or `undefined` when it is accepted. Says the same as the schema `NativeLog`, at a fraction of its cost, and
 * besides that the record is too old, which depends on the time of receipt.
 */
export function checkNativeLog(log: JsonValue, window: EventWindow): RecordFault | undefined {
  if (!isJsonObject(log)) {
    return invalid('', 'a log must be an object');
  }
  return checkRequired(log) ?? checkOptional(log) ?? checkObjects(log) ?? checkTimestamp(log.timestamp, window);
}

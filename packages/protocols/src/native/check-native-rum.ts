import {
  AegisError,
  ATTRIBUTE_COUNT_MAX,
  countLeaves,
  type JsonObject,
  type JsonValue,
  RUM_EVENT_TYPES,
  stringifyBounded,
} from '@aegisguard/model';
import { exceedsJsonDepth } from '../json/exceeds-json-depth.ts';
import { isJsonObject } from '../json/is-json-object.ts';
import type { EventWindow } from '../records/event-window.ts';
import {
  ID_LENGTH_MAX,
  RUM_DATA_BYTES_MAX,
  RUM_DATA_DEPTH_MAX,
  RUM_HEADER_BYTES_MAX,
} from '../records/record-limits.ts';
import type { RecordFault } from '../records/record-rejection.ts';
import { attributesFault, invalidField, readTime, requiredTextFault, scalarsFault } from './field-faults.ts';
import { RUM_EVENT_FIELDS, readRumType, undeclaredHeader } from './native-rum-fields.ts';

/** An id that must not be cut: a cut one would name something else. */
function idFault(record: JsonObject, key: string): RecordFault | undefined {
  const id = record[key] ?? '';
  return typeof id === 'string' && id.length <= ID_LENGTH_MAX
    ? undefined
    : invalidField(`/${key}`, `${key} must be a text of at most ${ID_LENGTH_MAX} characters`);
}

function headerFault(header: JsonObject): RecordFault | undefined {
  const rest = undeclaredHeader(header);
  const isLong = stringifyBounded(rest, RUM_HEADER_BYTES_MAX).length > RUM_HEADER_BYTES_MAX;
  return (
    requiredTextFault(header, 'application') ??
    requiredTextFault(header, 'sessionId') ??
    idFault(header, 'sessionId') ??
    scalarsFault(header, ['release', 'env', 'userId']) ??
    (isLong || countLeaves(rest, ATTRIBUTE_COUNT_MAX) > ATTRIBUTE_COUNT_MAX
      ? invalidField('', `what is not a field of the body may take ${RUM_HEADER_BYTES_MAX} characters of JSON`)
      : undefined)
  );
}

/** Refuses a body whose fields for all events are not as they must be. */
export function requireRumHeader(header: JsonObject): void {
  const fault = headerFault(header);
  if (fault !== undefined) {
    throw new AegisError('invalid-body', {
      detail: `${fault.message.charAt(0).toUpperCase()}${fault.message.slice(1)}.`,
      members: { path: fault.path },
    });
  }
}

function numberFault(event: JsonObject, key: string, least: number): RecordFault | undefined {
  const value = event[key] ?? undefined;
  const isUsable = value === undefined || (typeof value === 'number' && Number.isFinite(value) && value >= least);
  return isUsable
    ? undefined
    : invalidField(`/${key}`, `${key} must be a number${least === 0 ? ', not negative' : ''}`);
}

/** `isShort` when the whole body is shorter than an event's data may be. */
function dataFault(data: JsonValue, isShort: boolean): RecordFault | undefined {
  if (exceedsJsonDepth(data, RUM_DATA_DEPTH_MAX)) {
    return invalidField('/data', `data may be nested ${RUM_DATA_DEPTH_MAX} levels deep`);
  }
  const isLong = !isShort && Buffer.byteLength(stringifyBounded(data, RUM_DATA_BYTES_MAX)) > RUM_DATA_BYTES_MAX;
  return isLong ? invalidField('/data', `data may take ${RUM_DATA_BYTES_MAX} bytes of JSON`) : undefined;
}

function checkTime(event: JsonObject, window: EventWindow): RecordFault | undefined {
  const time = readTime(event.timestamp, '/timestamp', window.receivedAt);
  if (typeof time !== 'bigint') {
    return time;
  }
  return window.ageOf(time) === 'too-old'
    ? {
        path: '/timestamp',
        message: `older than the ${window.retentionDays} days that RUM events are kept`,
        code: 'too-old',
      }
    : undefined;
}

/** The verdict on one RUM event: its first fault, or `undefined` when it is accepted. `isShort` when the whole body is shorter than one event's data may be. */
export function checkNativeRum(event: JsonValue, window: EventWindow, isShort: boolean): RecordFault | undefined {
  if (!isJsonObject(event)) {
    return invalidField('', 'an event must be an object');
  }
  if (readRumType(event.type) === undefined) {
    return invalidField('/type', `type must be one of ${RUM_EVENT_TYPES.join(', ')}`);
  }
  return (
    checkTime(event, window) ??
    idFault(event, 'viewId') ??
    scalarsFault(event, ['url', 'name', 'stack']) ??
    numberFault(event, 'value', Number.NEGATIVE_INFINITY) ??
    numberFault(event, 'durationMs', 0) ??
    attributesFault(event, RUM_EVENT_FIELDS) ??
    dataFault(event.data ?? null, isShort)
  );
}

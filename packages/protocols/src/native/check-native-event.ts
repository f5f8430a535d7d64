import { EVENT_SEVERITIES, type JsonObject, type JsonValue } from '@aegisguard/model';
import { isJsonObject } from '../json/is-json-object.ts';
import type { EventWindow } from '../records/event-window.ts';
import { EVENT_TYPE_LENGTH_MAX } from '../records/record-limits.ts';
import type { RecordFault } from '../records/record-rejection.ts';
import { attributesFault, invalidField, readTime, requiredTextFault, scalarsFault } from './field-faults.ts';
import { EVENT_FIELDS, readSeverity } from './native-event-fields.ts';

function typeFault(event: JsonObject): RecordFault | undefined {
  const { type } = event;
  const isLong = typeof type === 'string' && type.length > EVENT_TYPE_LENGTH_MAX;
  return (
    requiredTextFault(event, 'type') ??
    (isLong ? invalidField('/type', `type may have ${EVENT_TYPE_LENGTH_MAX} characters`) : undefined)
  );
}

function timeFault(event: JsonObject, window: EventWindow): RecordFault | undefined {
  if (event.timestamp === undefined || event.timestamp === null) {
    return undefined;
  }
  const time = readTime(event.timestamp, '/timestamp', window.receivedAt);
  if (typeof time !== 'bigint') {
    return time;
  }
  return window.ageOf(time) === 'too-old'
    ? {
        path: '/timestamp',
        message: `older than the ${window.retentionDays} days that security events are kept`,
        code: 'too-old',
      }
    : undefined;
}

/** The verdict on one security event: its first fault, or `undefined` when it is accepted. */
export function checkNativeEvent(event: JsonValue, window: EventWindow): RecordFault | undefined {
  if (!isJsonObject(event)) {
    return invalidField('', 'an event must be an object');
  }
  return (
    typeFault(event) ??
    (readSeverity(event.severity) === undefined
      ? invalidField('/severity', `severity must be one of ${EVENT_SEVERITIES.join(', ')}`)
      : undefined) ??
    timeFault(event, window) ??
    scalarsFault(event, ['actor', 'ip', 'target', 'message']) ??
    attributesFault(event, EVENT_FIELDS)
  );
}
